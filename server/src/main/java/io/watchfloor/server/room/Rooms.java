package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.sample.Query;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open rooms of an instance. A room is opened by the first join and closed some time after the last member has
/// left. Once a second the heads of all open rooms are read in one query, so that nothing is missed where the event bus
/// lost a message or is gone. Thread-safe.
public final class Rooms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    private static final long POLL = 1_000;
    private static final long LOOK = 1_000;
    private static final int LOOKS_PER_BEAT = 5;
    private static final Duration EMPTY = Duration.ofMinutes(1);

    /// A room with its executor; everything about the room is done there.
    private record Open(Room room, Executor executor) {}

    private final Surroundings surroundings;
    private final Executor threads;
    private final int looksPerIdleCheck;
    private final LiveQueries queries = new LiveQueries();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<DashboardId, CompletableFuture<@Nullable Open>> rooms = new ConcurrentHashMap<>();
    private final Map<Integer, Open> byNumber = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private int looks;
    private boolean storeFailing;

    /// @param threads where rooms run their tasks
    public Rooms(Surroundings surroundings, Executor threads) {
        this(surroundings, threads, EMPTY);
    }

    /// @param threads where rooms run their tasks
    /// @param empty how often rooms are looked for that nobody is in
    public Rooms(Surroundings surroundings, Executor threads, Duration empty) {
        this.surroundings = surroundings;
        this.threads = threads;
        this.looksPerIdleCheck = (int) Math.max(1, empty.toMillis() / LOOK);
        surroundings.bus().subscribe(this::heard);
        surroundings.bus().onGap(() -> poll());
        surroundings.delay().after(POLL, this::pollAndGoOn);
        surroundings.delay().after(LOOK, this::lookAfter);
    }

    public LiveQueries queries() {
        return queries;
    }

    public int size() {
        return byNumber.size();
    }

    /// Answers with `Joined` or `NotJoined`.
    public void join(Member member, ClientMessage.Join join) {
        if (surroundings.access().rightOf(member.account(), join.dashboard()) == Right.NONE) {
            notJoined(member, join.dashboard(), ErrorCode.NOT_FOUND, "There is no such dashboard.");
            return;
        }
        CompletableFuture<@Nullable Open> _ = open(join.dashboard()).whenComplete((open, fault) -> {
            if (fault != null) {
                unreadable(member, join.dashboard());
            } else if (open == null) {
                notJoined(member, join.dashboard(), ErrorCode.NOT_FOUND, "There is no such dashboard.");
            } else {
                join(member, join, open);
            }
        });
    }

    private void join(Member member, ClientMessage.Join join, Open open) {
        open.executor().execute(() -> {
            ReplicaState known = open.room().known(join.replica(), member.account());
            if (known == null) {
                register(member, join, open);
            } else {
                enter(member, join, open, known);
            }
        });
    }

    private void register(Member member, ClientMessage.Join join, Open open) {
        surroundings.store().register(join.dashboard(), join.replica(), member.account())
                .whenComplete((state, fault) -> {
                    if (fault != null) {
                        unreadable(member, join.dashboard());
                    } else if (state == null) {
                        notJoined(member, join.dashboard(), ErrorCode.FOREIGN_REPLICA,
                                "This replica belongs to another account; take a new replica id.");
                    } else {
                        open.executor().execute(() -> enter(member, join, open, state));
                    }
                });
    }

    private void enter(Member member, ClientMessage.Join join, Open open, ReplicaState state) {
        if (!open.room().goesOnIn(state.epoch())) {
            forget(open.room());
            join(member, join);
        } else {
            open.room().join(member, join, state);
        }
    }

    /// Makes a change of the server's own on behalf of an account, whether the dashboard is open here or not.
    ///
    /// @param replica a new one, which the change speaks as
    /// @param epoch of the log that the change was made out on
    /// @return null where there is no such dashboard; fails with [RefusedException] where the change is not admitted, with
    ///         [OtherEpochException] where the dashboard is of another epoch, and with [io.watchfloor.server.store.StoreException] where the database cannot be reached
    public CompletionStage<Change.@Nullable Done> change(DashboardId dashboard, String account, ReplicaId replica,
            Epoch epoch, Change change) {
        return open(dashboard).thenCompose(open -> {
            if (open == null) {
                return CompletableFuture.<Change.@Nullable Done>completedFuture(null);
            }
            return surroundings.store().register(dashboard, replica, account).thenCompose(state -> {
                CompletableFuture<Change.@Nullable Done> done = new CompletableFuture<>();
                open.executor().execute(() -> {
                    if (state == null) {
                        done.complete(null);
                    } else if (!state.epoch().equals(epoch)) {
                        done.completeExceptionally(new OtherEpochException());
                    } else if (!open.room().goesOnIn(state.epoch())) {
                        forget(open.room());
                        done.completeExceptionally(new StoreException("The dashboard is being read anew; try again."));
                    } else {
                        open.room().change(account, state, change, done);
                    }
                });
                return done;
            });
        });
    }

    /// Whoever is told so joins again in a moment.
    static void unreadable(Member member, DashboardId dashboard) {
        notJoined(member, dashboard, ErrorCode.UNAVAILABLE,
                "The dashboard cannot be read at present; try again in a few seconds.");
    }

    private static void notJoined(Member member, DashboardId dashboard, ErrorCode code, String text) {
        member.deliver(new Frame(new ServerMessage.NotJoined(dashboard, code, text)));
    }

    private CompletableFuture<@Nullable Open> open(DashboardId dashboard) {
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

    private void forget(Room room) {
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
    private boolean in(int number, Consumer<Room> action) {
        Open open = byNumber.get(number);
        if (open == null) {
            return false;
        }
        open.executor().execute(() -> action.accept(open.room()));
        return true;
    }

    /// @return false where there is no such room
    public boolean push(Member member, ClientMessage.Push push) {
        return in(push.room(), room -> room.push(member, push));
    }

    /// @return false where there is no such room
    public boolean show(Member member, ClientMessage.Show show) {
        Open open = byNumber.get(show.room());
        if (open != null) {
            open.room().show(member, show.presence());
        }
        return open != null;
    }

    public void leave(Member member, int room) {
        in(room, r -> r.leave(member));
    }

    /// Whether a query stands in the room's dashboard, and where the room's ticks are; null where there is no such room.
    public @Nullable CompletionStage<Standing> standing(int room, Query query) {
        CompletableFuture<Standing> standing = new CompletableFuture<>();
        boolean there = in(room, r -> standing
                .complete(new Standing(r.dashboard(), r.holds(query), r.position())));
        return there ? standing : null;
    }

    /// @param holds whether the dashboard holds the query
    /// @param position of the newest tick
    public record Standing(DashboardId dashboard, boolean holds, long position) {}

    /// Tells members whose rights have changed.
    public void recheckRights() {
        byNumber.keySet().forEach(number -> in(number, Room::recheckRights));
    }

    private void heard(BusMessage message) {
        switch (message) {
            case BusMessage.Committed committed ->
                in(committed.dashboard(), room -> room.follow(committed.epoch(), committed.entries()));
            case BusMessage.Present present ->
                in(present.dashboard(), room -> room.presence().people().elsewhere(present));
            case BusMessage.Shown shown ->
                in(shown.dashboard(), room -> room.presence().elsewhere(shown.sights()));
            case BusMessage.Written _, BusMessage.RightsChanged _ -> {
                // Others listen for these.
            }
        }
    }

    private void in(DashboardId dashboard, Consumer<Room> action) {
        CompletableFuture<@Nullable Open> opening = rooms.get(dashboard);
        if (opening != null) {
            CompletableFuture<Void> _ = opening.thenAccept(open -> {
                if (open != null) {
                    open.executor().execute(() -> action.accept(open.room()));
                }
            });
        }
    }

    private void pollAndGoOn() {
        if (!closed) {
            pollUnlessFaulty().whenComplete((_, _) -> surroundings.delay().after(POLL, this::pollAndGoOn));
        }
    }

    /// Apart from the polling, which waits for the database: whoever is gone must not stay because that is slow, and a
    /// desktop that has missed something must hear of it.
    private void lookAfter() {
        if (closed) {
            return;
        }
        looks++;
        byNumber.keySet().forEach(number -> in(number, room -> room.presence().people().check()));
        if (looks % LOOKS_PER_BEAT == 0) {
            byNumber.keySet().forEach(number -> in(number, Room::beat));
        }
        if (looks % looksPerIdleCheck == 0) {
            byNumber.keySet().forEach(number -> in(number, this::closeWhenIdle));
        }
        surroundings.delay().after(LOOK, this::lookAfter);
    }

    private void closeWhenIdle(Room room) {
        if (room.isIdle()) {
            room.close();
            forget(room);
        }
    }

    private CompletionStage<Boolean> pollUnlessFaulty() {
        try {
            return poll();
        } catch (RuntimeException e) {
            LOG.error("New revisions could not be asked for; the next second tries again", e);
            return CompletableFuture.completedStage(false);
        }
    }

    private CompletionStage<Boolean> poll() {
        Map<DashboardId, Integer> open = new HashMap<>();
        byNumber.forEach((number, room) -> open.put(room.room().dashboard(), number));
        if (open.isEmpty()) {
            return CompletableFuture.completedStage(true);
        }
        return surroundings.store().heads(List.copyOf(open.keySet())).handle((heads, fault) -> {
            if (fault != null) {
                if (!storeFailing) {
                    LOG.warn("The database cannot be asked for new revisions; trying again every second. {}",
                            fault.getMessage());
                }
                storeFailing = true;
                return false;
            }
            storeFailing = false;
            heads.forEach((dashboard, head) -> in(open.getOrDefault(dashboard, 0), room -> {
                room.follow(head);
                if (room.isClosed()) {
                    forget(room);
                }
            }));
            open.forEach((dashboard, number) -> {
                if (!heads.containsKey(dashboard)) {
                    in(number, room -> {
                        room.gone();
                        forget(room);
                    });
                }
            });
            return true;
        });
    }

    @Override
    public void close() {
        closed = true;
        byNumber.keySet().forEach(number -> in(number, Room::close));
    }
}
