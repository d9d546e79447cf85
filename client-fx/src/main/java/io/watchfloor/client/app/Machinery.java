package io.watchfloor.client.app;

import io.watchfloor.client.sync.OwnerTimer;
import io.watchfloor.client.sync.Surroundings;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.client.widget.RedrawPulse;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// The threads, clocks and connections that everything in the process shares. FX thread only, but for [#close].
final class Machinery implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Executor fxThread = new FxThread();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService scheduler = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("timer").factory());
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).executor(requests)
            .followRedirects(HttpClient.Redirect.NEVER).build();
    private final Transport transport = new TyrusTransport();
    private final Surroundings surroundings = new Surroundings(fxThread, new OwnerTimer(scheduler, fxThread),
            Time.SYSTEM, new SecureRandom());
    private final RedrawPulse pulse = new RedrawPulse(fxThread);

    RestClient rest(URI server) {
        return new RestClient(server, http, fxThread);
    }

    Transport transport() {
        return transport;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    RedrawPulse pulse() {
        return pulse;
    }

    @Override
    public void close() {
        pulse.close();
        transport.close();
        http.shutdownNow();
        scheduler.shutdownNow();
        requests.shutdownNow();
    }
}
