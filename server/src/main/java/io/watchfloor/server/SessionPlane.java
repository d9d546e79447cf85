package io.watchfloor.server;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.host.SelfFigures;
import io.watchfloor.server.room.LiveQueries;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.room.RoomFigures;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.session.Queries;
import io.watchfloor.server.session.Refusals;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.ws.WebSocketHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// The rooms of this instance and the sessions in them. Thread-safe.
final class SessionPlane implements SelfFigures, AutoCloseable {

    private final RoomFigures figures = new RoomFigures();
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("timer").daemon().factory());
    private final ExecutorService threads = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("room-", 0).factory());
    private final Rooms rooms;
    private final Sessions sessions;

    /// @param instance names this run of the instance, and never another
    /// @param emptyRooms how often rooms are looked for that nobody is in
    record Settings(String instance, Duration emptyRooms) {}

    SessionPlane(Settings settings, DashboardStore store, EventBus bus, Rights rights, InstantSource clock,
            MeterRegistry registry) {
        Surroundings surroundings = new Surroundings(settings.instance(), store, bus, new RoomAccess(rights, threads),
                clock::millis,
                this::after, figures);
        this.rooms = new Rooms(surroundings, threads, settings.emptyRooms());
        this.sessions = new Sessions(this::after);
        rights.onChange(rooms::recheckRights);
        rights.onChange(sessions::recheck);
        register(registry);
    }

    /// What is due when the timer has stopped is not done any more.
    private void after(long millis, Runnable task) {
        if (!timer.isShutdown()) {
            ScheduledFuture<?> _ = timer.schedule(() -> {
                Future<?> _ = threads.submit(task);
            }, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void register(MeterRegistry registry) {
        Gauge.builder("watchfloor.sessions", sessions, Sessions::size).description("Open sessions").register(registry);
        Gauge.builder("watchfloor.rooms", rooms, Rooms::size).description("Live dashboards").register(registry);
        FunctionCounter.builder("watchfloor.frames.sent", sessions, Sessions::framesSent)
                .description("Frames sent to sessions").register(registry);
        count(registry, "watchfloor.pushes.committed", "Pushes committed by this instance", figures.committed);
        count(registry, "watchfloor.operations.committed", "Operations in them", figures.operations);
        count(registry, "watchfloor.pushes.refused", "Pushes refused", figures.refused);
        count(registry, "watchfloor.appends", "Groups of pushes appended to the log", figures.appends);
        count(registry, "watchfloor.entries.delivered", "Entries handed to sessions", figures.delivered);
        count(registry, "watchfloor.entries.followed", "Times that other instances' entries were taken",
                figures.followed);
        count(registry, "watchfloor.recoveries", "Appends whose outcome was read from the log", figures.recoveries);
        count(registry, "watchfloor.room.failures", "Rooms given up after a fault", figures.failures);
        count(registry, "watchfloor.copies.replaced", "Copies of desktops that differed from the log",
                figures.copiesReplaced);
        count(registry, "watchfloor.ticks", "Frames of live data encoded", figures.ticks);
        count(registry, "watchfloor.presence", "Frames of what people show made", figures.presence);
    }

    private static void count(MeterRegistry registry, String name, String description, LongAdder counter) {
        FunctionCounter.builder(name, counter, LongAdder::sum).description(description).register(registry);
    }

    Rooms openRooms() {
        return rooms;
    }

    LiveQueries live() {
        return rooms.queries();
    }

    /// What connections are held against.
    ///
    /// @param origins that pages of browsers may connect from
    /// @param refusals hears of what they may not do
    record Listening(Set<String> origins, Refusals refusals) {}

    WebSocketHandler webSocket(SessionContext.Identity identity, Authenticator authenticator, Queries queries,
            InstantSource clock, LimitPlane limits, Listening listening) {
        SessionContext context = new SessionContext(identity, authenticator, rooms, queries,
                new SessionContext.Running(clock::millis, threads, this::after),
                new SessionContext.Allowance(limits.settings(), limits.sessions(), listening.refusals()));
        return new WebSocketHandler(sessions, context, limits.limiter(), listening.origins());
    }

    @Override
    public int sessions() {
        return sessions.size();
    }

    @Override
    public int rooms() {
        return rooms.size();
    }

    @Override
    public long edits() {
        return figures.committed.sum();
    }

    @Override
    public long frames() {
        return sessions.framesSent();
    }

    /// Tells every session, and gives what is being committed a moment to end.
    @Override
    public void close() {
        sessions.close();
        rooms.close();
        timer.shutdownNow();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException stop) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
