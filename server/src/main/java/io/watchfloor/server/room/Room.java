package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.sample.Query;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoredDashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One instance's live copy of one dashboard, and the sessions in it. What the log has is applied and handed to every
/// member in the order of revisions, whoever wrote it; a gap is filled from the store first.
///
/// Confined to its room's executor, but for what says otherwise.
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private final DashboardId dashboard;
    private final int number;
    private final RoomContext context;
    private final RoomLog log;
    private final GroupCommit commit;
    private final OwnChanges own;
    private final RoomTicks ticks;
    private final RoomPresence presence;
    private final RoomMembers members;
    private final LogFollower follower;
    private final Resends resends;
    private final Joining joining;
    private final Broadcast broadcast;
    private final SnapshotTurns snapshots;
    private volatile boolean closed;

    Room(DashboardId dashboard, int number, StoredDashboard stored, RoomContext context) {
        this.dashboard = dashboard;
        this.number = number;
        this.context = context;
        this.log = new RoomLog(stored);
        Outcome outcome = new Outcome();
        this.commit = new GroupCommit(dashboard, log, context, outcome);
        this.own = new OwnChanges(dashboard, log, commit, context);
        this.members = new RoomMembers(dashboard, number, context);
        this.ticks = new RoomTicks(number, context, members.all());
        this.presence = new RoomPresence(dashboard, number, context);
        this.follower = new LogFollower(dashboard, log, context, outcome);
        this.resends = new Resends(dashboard, log, members, follower, context, this::restored);
        this.joining = new Joining(dashboard, log, follower, members, ticks, presence);
        this.broadcast = new Broadcast(log, members, ticks, own, context.figures());
        this.snapshots = new SnapshotTurns(dashboard, log, context);
        ticks.watch(log.queries());
        snapshots.saveWhenDue();
    }

    DashboardId dashboard() {
        return dashboard;
    }

    int number() {
        return number;
    }

    /// Whether it takes nobody in any more; a new one is to be opened. Thread-safe.
    boolean isClosed() {
        return closed;
    }

    boolean isIdle() {
        return members.isEmpty() && follower.isIdle() && commit.isIdle();
    }

    /// Position of the newest tick.
    long position() {
        return ticks.ring().newest();
    }

    /// Whether the dashboard itself asks for this.
    boolean holds(Query query) {
        return log.queries().contains(query);
    }

    /// How far a replica has come that was in this room before, so that its return asks nothing of the store; null where
    /// it was not, or belongs to another account.
    @Nullable
    ReplicaState known(ReplicaId replica, String account) {
        return joining.known(replica, account);
    }

    /// Ends the room where the store tells of another epoch than its own.
    ///
    /// @return whether it goes on
    boolean goesOnIn(Epoch stored) {
        if (!closed && !stored.equals(log.epoch())) {
            restored();
        }
        return !closed;
    }

    /// Takes a member in and gives it all that its replica lacks, what it pushed on another instance included.
    void join(Member member, ClientMessage.Join join, ReplicaState state) {
        joining.join(member, join, state);
    }

    void leave(Member member) {
        if (members.remove(member)) {
            member.left(number);
            presence.people().left(member);
        }
    }

    /// Tells members whose rights have changed since they were last told.
    void recheckRights() {
        for (Member member : members.now()) {
            if (members.tellRight(member) == Right.NONE) {
                leave(member);
            }
        }
    }

    /// Makes a change of the server's own.
    ///
    /// @param state of a replica that was never used
    void change(String account, ReplicaState state, Change change, CompletableFuture<Change.@Nullable Done> done) {
        own.make(account, state, change, done);
    }

    void push(Member member, ClientMessage.Push push) {
        judge(member, push, Digests.of(push), false);
    }

    /// @param asked whether the store was asked what others have decided about the replica's pushes
    private void judge(Member member, ClientMessage.Push push, Digest digest, boolean asked) {
        RoomMembers.Seat seat = members.seatOf(member);
        if (seat == null) {
            members.notHere(member);
            return;
        }
        int replica = seat.replica();
        Progress progress = log.progress(replica);
        Digest waiting = commit.find(replica, push.clientSeq());
        long due = Math.max(progress.highWater(), commit.newest(replica)) + 1;
        if (push.clientSeq() <= progress.highWater()) {
            resends.again(member, replica, push, digest);
        } else if (waiting != null) {
            if (!waiting.equals(digest)) {
                resends.reused(member, push);
            }
        } else if (push.clientSeq() > due && !asked) {
            resends.ahead(replica, () -> judge(member, push, digest, true));
        } else if (push.clientSeq() != due) {
            members.failed(member, push, ErrorCode.SEQUENCE_GAP, "Push " + push.clientSeq() + " came where " + due
                    + " was due; join again and send from there.");
        } else if (!commit.hasRoomFor(replica)) {
            members.failed(member, push, ErrorCode.LIMIT,
                    "Too many pushes wait for their answers; join again and send fewer at a time.");
        } else if (!commit.hasRoomFor(push)) {
            Resends.unavailable(member);
        } else {
            commit.add(member.account(), replica, push, digest);
        }
    }

    /// What becomes of the groups that are committed.
    private final class Outcome implements GroupCommit.Outcome, LogFollower.Outcome {

        @Override
        public void take(List<Entry> entries) {
            broadcast.take(entries);
        }

        @Override
        public void decided(List<Decision> decisions) {
            List<Entry> entries = new ArrayList<>();
            for (Decision decision : decisions) {
                if (decision instanceof Decision.Accepted accepted) {
                    entries.add(accepted.entry());
                    context.figures().operations.add(accepted.entry().operations().size());
                }
            }
            broadcast.take(entries);
            for (Decision decision : decisions) {
                log.decided(decision);
                if (decision instanceof Decision.Refused refused) {
                    context.figures().refused.increment();
                    reject(refused);
                    own.refused(refused);
                }
            }
            context.figures().committed.add(entries.size());
            if (!entries.isEmpty()) {
                context.bus().publish(new BusMessage.Committed(dashboard, log.epoch(), entries));
                snapshots.saveWhenDue();
            }
        }

        /// Tells whoever speaks for the replica now: its session may be another one than that which pushed.
        private void reject(Decision.Refused refused) {
            Frame frame = new Frame(new ServerMessage.Rejected(number, refused.clientSeq(), refused.code(),
                    refused.field(), refused.text()));
            members.of(refused.replica()).forEach(member -> member.deliver(frame));
        }

        @Override
        public void decidedBefore(List<GroupCommit.Waiting> pushes) {
            resends.decidedBefore(pushes);
        }

        @Override
        public void ownDecidedBefore(int replica) {
            own.decidedBefore(replica);
        }

        @Override
        public void otherEpoch() {
            restored();
        }

        @Override
        public void gone() {
            Room.this.gone();
        }
    }

    /// Entries that another instance committed; late ones of another epoch are not of this log.
    void follow(Epoch epoch, List<Entry> entries) {
        follower.follow(epoch, entries);
    }

    /// Compares with where the store says the log ends.
    void follow(LogPosition stored) {
        follower.follow(stored);
    }

    /// What a member shows of itself. Thread-safe.
    void show(Member member, Presence shown) {
        presence.show(member, shown, () -> members.notHere(member));
    }

    /// Who is in the room on another instance, and what they show.
    RoomPresence presence() {
        return presence;
    }

    /// The dashboard was deleted.
    void gone() {
        for (Member member : members.now()) {
            member.deliver(new Frame(new ServerMessage.Granted(number, Right.NONE)));
            leave(member);
        }
        close();
    }

    /// Ends the room of a log that is no more: what is known here may never have been, as the database has it now.
    private void restored() {
        LOG.warn("Dashboard {} has begun a new epoch; the room is read anew from the store.", dashboard);
        end(CloseCode.HISTORY_REPLACED,
                "The database was restored from a backup. Connect again; what it lacks is offered to you.");
    }

    /// Ends the room after a fault: members connect again and find it as the store has it.
    void fail(Throwable fault) {
        LOG.error("Dashboard {}: the room is given up and will be read anew from the store.", dashboard, fault);
        context.figures().failures.increment();
        end(CloseCode.INTERNAL,
                "The server met a fault in this dashboard; what was confirmed is safe. Connect again.");
    }

    private void end(CloseCode code, String text) {
        List<Member> left = members.now();
        close();
        left.forEach(member -> member.close(code, text));
    }

    void close() {
        closed = true;
        own.abandon();
        commit.stop();
        ticks.watch(Set.of());
        members.all().forEach(member -> member.left(number));
        members.clear();
        follower.stop();
        presence.people().close();
    }

    /// Tells members where the log stands and what the document must look like there. What nobody will ask for soon is let
    /// go.
    void beat() {
        Set<Integer> seats = members.replicas();
        log.replicas().letGo(number -> seats.contains(number) || commit.waiting(number) > 0 || own.waitsFor(number));
        members.deliver(new Frame(new ServerMessage.Beat(number, log.head(), log.stateHash())));
    }
}
