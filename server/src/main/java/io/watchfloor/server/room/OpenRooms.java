package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.store.StoredDashboard;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rooms that are open on an instance: each is opened by whoever needs it first, has a number of its own, and is
/// forgotten by whoever ends it. Thread-safe.
final class OpenRooms {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRooms.class);

    /// A room with its executor; everything about the room is done there.
    record Open(Room room, Executor executor) {}

    private final Surroundings surroundings;
    private final Executor threads;
    private final LiveQueries queries;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<DashboardId, CompletableFuture<@Nullable Open>> rooms = new ConcurrentHashMap<>();
    private final Map<Integer, Open> byNumber = new ConcurrentHashMap<>();

    /// @param threads where rooms run their tasks
    OpenRooms(Surroundings surroundings, Executor threads, LiveQueries queries) {
        this.surroundings = surroundings;
        this.threads = threads;
        this.queries = queries;
    }

    int size() {
        return byNumber.size();
    }

    /// The numbers of all rooms, by dashboard.
    Map<DashboardId, Integer> numbers() {
        Map<DashboardId, Integer> open = new HashMap<>();
        byNumber.forEach((number, room) -> open.put(room.room().dashboard(), number));
        return open;
    }

    /// Null where there is no such room.
    @Nullable
    Open get(int number) {
        return byNumber.get(number);
    }

    /// The room of a dashboard, read from the store where it is not open; null where there is no such dashboard.
    CompletableFuture<@Nullable Open> open(DashboardId dashboard) {
        CompletableFuture<@Nullable Open> opening = new CompletableFuture<>();
        CompletableFuture<@Nullable Open> there = rooms.putIfAbsent(dashboard, opening);
        if (there != null) {
            return there;
        }
        surroundings.store().load(dashboard).whenComplete((stored, fault) -> {
            if (stored == null) {
                rooms.remove(dashboard, opening);
                if (fault == null) {
                    opening.complete(null);
                } else {
                    opening.completeExceptionally(fault);
                }
            } else {
                try {
                    make(dashboard, stored, opening);
                } catch (RuntimeException e) {
                    LOG.error("Dashboard {} cannot be opened as the store has it.", dashboard, e);
                    surroundings.figures().failures.increment();
                    rooms.remove(dashboard, opening);
                    opening.completeExceptionally(e);
                }
            }
        });
        return opening;
    }

    private void make(DashboardId dashboard, StoredDashboard stored, CompletableFuture<@Nullable Open> opening) {
        RoomExecutor executor = new RoomExecutor(threads);
        Room room = new Room(dashboard, numbers.incrementAndGet(), stored,
                new RoomContext(surroundings, queries, executor));
        executor.onFault(fault -> {
            room.fail(fault);
            forget(room);
        });
        Open open = new Open(room, executor);
        // its first task, so that none comes before that could end it: who ends a room forgets what is opened by then
        executor.execute(() -> {
            byNumber.put(room.number(), open);
            opening.complete(open);
        });
    }

    /// The room takes nobody in any more; the next one is opened anew.
    void forget(Room room) {
        Open open = byNumber.remove(room.number());
        if (open != null) {
            rooms.computeIfPresent(room.dashboard(),
                    (_, there) -> there.isDone() && !there.isCompletedExceptionally() && open.equals(there.getNow(null))
                            ? null
                            : there);
        }
    }

    /// Does something with a room, on the room's executor.
    ///
    /// @return false where there is no such room
    boolean in(int number, Consumer<Room> action) {
        Open open = byNumber.get(number);
        if (open == null) {
            return false;
        }
        open.executor().execute(() -> action.accept(open.room()));
        return true;
    }

    /// Does something with the room of a dashboard, on the room's executor, where it is open or about to be.
    void in(DashboardId dashboard, Consumer<Room> action) {
        CompletableFuture<@Nullable Open> opening = rooms.get(dashboard);
        if (opening != null) {
            CompletableFuture<Void> _ = opening.thenAccept(open -> {
                if (open != null) {
                    open.executor().execute(() -> action.accept(open.room()));
                }
            });
        }
    }

    /// Does something with all rooms, each on its executor.
    void inAll(Consumer<Room> action) {
        byNumber.keySet().forEach(number -> in(number, action));
    }
}
