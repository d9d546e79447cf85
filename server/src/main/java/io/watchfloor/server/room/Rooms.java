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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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

    private final Surroundings surroundings;
    private final OpenRooms rooms;
    private final int looksPerIdleCheck;
    private final LiveQueries queries = new LiveQueries();
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
        this.rooms = new OpenRooms(surroundings, threads, queries);
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
        return rooms.size();
    }

    /// Answers with `Joined` or `NotJoined`. Who has no right as far as is known here may have been given one on another
    /// instance a moment ago.
    public void join(Member member, ClientMessage.Join join) {
        if (mayLook(member, join)) {
            open(member, join);
            return;
        }
        surroundings.access().refresh().whenComplete((_, fault) -> {
            if (fault != null) {
                unreadable(member, join.dashboard());
            } else if (mayLook(member, join)) {
                open(member, join);
            } else {
                notJoined(member, join.dashboard(), ErrorCode.NOT_FOUND, "There is no such dashboard.");
            }
        });
    }

    private boolean mayLook(Member member, ClientMessage.Join join) {
        return surroundings.access().rightOf(member.account(), join.dashboard()) != Right.NONE;
    }

    private void open(Member member, ClientMessage.Join join) {
        CompletableFuture<OpenRooms.@Nullable Open> _ = rooms.open(join.dashboard()).whenComplete((open, fault) -> {
            if (fault != null) {
                unreadable(member, join.dashboard());
            } else if (open == null) {
                notJoined(member, join.dashboard(), ErrorCode.NOT_FOUND, "There is no such dashboard.");
            } else {
                join(member, join, open);
            }
        });
    }

    private void join(Member member, ClientMessage.Join join, OpenRooms.Open open) {
        open.executor().execute(() -> {
            ReplicaState known = open.room().known(join.replica(), member.account());
            if (known == null) {
                register(member, join, open);
            } else {
                enter(member, join, open, known);
            }
        });
    }

    private void register(Member member, ClientMessage.Join join, OpenRooms.Open open) {
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

    private void enter(Member member, ClientMessage.Join join, OpenRooms.Open open, ReplicaState state) {
        if (!open.room().goesOnIn(state.epoch())) {
            rooms.forget(open.room());
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
        return rooms.open(dashboard).thenCompose(open -> {
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
                        rooms.forget(open.room());
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

    /// @return false where there is no such room
    public boolean push(Member member, ClientMessage.Push push) {
        return rooms.in(push.room(), room -> room.push(member, push));
    }

    /// @return false where there is no such room
    public boolean show(Member member, ClientMessage.Show show) {
        OpenRooms.Open open = rooms.get(show.room());
        if (open != null) {
            open.room().show(member, show.presence());
        }
        return open != null;
    }

    public void leave(Member member, int room) {
        rooms.in(room, r -> r.leave(member));
    }

    /// Whether a query stands in the room's dashboard, and where the room's ticks are; null where there is no such room.
    public @Nullable CompletionStage<Standing> standing(int room, Query query) {
        CompletableFuture<Standing> standing = new CompletableFuture<>();
        boolean there = rooms.in(room, r -> standing
                .complete(new Standing(r.dashboard(), r.holds(query), r.position())));
        return there ? standing : null;
    }

    /// @param holds whether the dashboard holds the query
    /// @param position of the newest tick
    public record Standing(DashboardId dashboard, boolean holds, long position) {}

    /// Tells members whose rights have changed.
    public void recheckRights() {
        rooms.inAll(Room::recheckRights);
    }

    private void heard(BusMessage message) {
        switch (message) {
            case BusMessage.Committed committed ->
                rooms.in(committed.dashboard(), room -> room.follow(committed.epoch(), committed.entries()));
            case BusMessage.Present present ->
                rooms.in(present.dashboard(), room -> room.presence().people().elsewhere(present));
            case BusMessage.Shown shown ->
                rooms.in(shown.dashboard(), room -> room.presence().elsewhere(shown.sights()));
            case BusMessage.Written _, BusMessage.RightsChanged _ -> {
                // Others listen for these.
            }
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
        rooms.inAll(room -> room.presence().people().check());
        if (looks % LOOKS_PER_BEAT == 0) {
            rooms.inAll(Room::beat);
        }
        if (looks % looksPerIdleCheck == 0) {
            rooms.inAll(this::closeWhenIdle);
        }
        surroundings.delay().after(LOOK, this::lookAfter);
    }

    private void closeWhenIdle(Room room) {
        if (room.isIdle()) {
            room.close();
            rooms.forget(room);
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
        Map<DashboardId, Integer> open = rooms.numbers();
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
            heads.forEach((dashboard, head) -> rooms.in(open.getOrDefault(dashboard, 0), room -> {
                room.follow(head);
                if (room.isClosed()) {
                    rooms.forget(room);
                }
            }));
            open.forEach((dashboard, number) -> {
                if (!heads.containsKey(dashboard)) {
                    rooms.in(number, room -> {
                        room.gone();
                        rooms.forget(room);
                    });
                }
            });
            return true;
        });
    }

    @Override
    public void close() {
        closed = true;
        rooms.inAll(Room::close);
    }
}
