package io.watchfloor.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.bus.BusFigures;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.http.HttpServer;
import java.util.concurrent.atomic.LongAdder;

/// Meters of the database and the rights read from it, the event bus and the port. Thread-safe.
final class StoreMeters {

    private StoreMeters() {}

    static void bind(Databases databases, MeterRegistry registry) {
        Gauge.builder("watchfloor.database.connections", databases, Databases::connectionsInUse)
                .description("Connections to the database that are in use").register(registry);
        FunctionCounter.builder("watchfloor.database.connections.lost", databases, Databases::losses)
                .description("Connections to the database that broke while in use").register(registry);
    }

    static void bind(Rights rights, MeterRegistry registry) {
        FunctionCounter.builder("watchfloor.rights.polls", rights, Rights::polls)
                .description("How often changed rights were looked for by the clock").register(registry);
    }

    static void bind(HttpServer port, MeterRegistry registry) {
        Gauge.builder("watchfloor.http.connections", port, HttpServer::connections)
                .description("Connections of the port that are open").register(registry);
        FunctionCounter.builder("watchfloor.http.slow", port, HttpServer::tooSlow)
                .description("Connections that were closed for being slow").register(registry);
    }

    static void bind(EventBus bus, BusFigures figures, MeterRegistry registry) {
        Gauge.builder("watchfloor.bus.connected", bus, b -> b.isConnected() ? 1 : 0)
                .description("1 while other instances can be told").register(registry);
        counter("watchfloor.bus.sent", "Messages sent to other instances", figures.sent, registry);
        counter("watchfloor.bus.received", "Messages of other instances", figures.received, registry);
        counter("watchfloor.bus.dropped", "Messages that could not be sent", figures.dropped, registry);
        counter("watchfloor.bus.unreadable", "Messages that could not be read", figures.unreadable, registry);
        counter("watchfloor.bus.gaps", "How often messages may have been lost", figures.gaps, registry);
        counter("watchfloor.bus.listener.faults", "Faults of listeners", figures.listenerFaults, registry);
    }

    private static void counter(String name, String description, LongAdder figure, MeterRegistry registry) {
        FunctionCounter.builder(name, figure, LongAdder::sum).description(description).register(registry);
    }
}
