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
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.StoredDashboard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One instance's live copy of one dashboard, and the sessions in it. What the log has is applied and handed to every
/// member in the order of revisions, whoever wrote it; a gap is filled from the store first.
///
/// Confined to its room's executor, but for what says otherwise.
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private static final int PAGE = 1_000;
    /// About how many bytes of entries are handed to the members at once.
    private static final long FRAME = 256 << 10;

    private final DashboardId dashboard;
    private final int number;
    private final RoomContext context;
    private final RoomLog log;
    private final GroupCommit commit;
    private final OwnChanges own;
    private final RoomTicks ticks;
    private final RoomPresence presence;
    /// Members with their replica's number.
    private final Map<Member, Integer> members = new LinkedHashMap<>();
    /// What each member was last told of its right.
    private final Map<Member, Right> rights = new HashMap<>();
    /// Replicas that have been here, so that a storm of reconnects asks nothing of the store.
    private final Map<ReplicaId, Known> known = new HashMap<>();
    /// Wait until the log was read as far as somebody saw it.
    private final List<Runnable> waiting = new ArrayList<>();
    private long readTo;
    private boolean following;
    private boolean saving;
    private volatile boolean closed;

    Room(DashboardId dashboard, int number, StoredDashboard stored, RoomContext context) {
        this.dashboard = dashboard;
        this.number = number;
        this.context = context;
        this.log = new RoomLog(stored);
        this.commit = new GroupCommit(dashboard, log, context, new Outcome());
        this.own = new OwnChanges(log, commit, context);
        this.ticks = new RoomTicks(number, context, members.keySet());
        this.presence = new RoomPresence(dashboard, number, context);
        ticks.watch(log.queries());
        saveSnapshotWhenDue();
    }

    /// A replica that was taken in before.
    private record Known(String account, int number) {}

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
        return members.isEmpty() && commit.isIdle();
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
        Known before = known.get(replica);
        return before == null || !before.account().equals(account)
                ? null
                : new ReplicaState(log.epoch(), before.number(), log.progress(before.number()).highWater(), List.of());
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
        known.put(join.replica(), new Known(member.account(), state.number()));
        long seen = log.epoch().equals(join.epoch()) ? join.revision() : 0;
        for (Decided decided : state.recent()) {
            seen = decided.answer() instanceof Answer.Accepted accepted ? Math.max(seen, accepted.revision()) : seen;
        }
        if (seen > log.head()) {
            waiting.add(() -> enter(member, join, state));
            followTo(seen);
        } else {
            enter(member, join, state);
        }
    }

    private void enter(Member member, ClientMessage.Join join, ReplicaState state) {
        Right right = rightOf(member);
        if (right == Right.NONE) {
            member.deliver(new Frame(
                    new ServerMessage.NotJoined(dashboard, ErrorCode.NOT_FOUND, "There is no such dashboard.")));
            return;
        }
        long highWater = log.progress(state).highWater();
        List<Entry> missing = log.epoch().equals(join.epoch()) ? log.after(join.revision()) : null;
        member.deliver(new Frame(new ServerMessage.Joined(dashboard, number, right, log.epoch(), state.number(),
                highWater, missing == null ? log.snapshot() : null, missing == null ? List.of() : missing)));
        members.put(member, state.number());
        rights.put(member, right);
        member.entered(dashboard, number, ticks.ring(), position(), presence.sights());
        presence.people().entered(member);
    }

    void leave(Member member) {
        if (members.remove(member) != null) {
            rights.remove(member);
            member.left(number);
            presence.people().left(member);
        }
    }

    /// What a member may do now: only look while rights are not confirmed.
    private Right rightOf(Member member) {
        Right right = context.access().rightOf(member.account(), dashboard);
        return context.access().confirmed() || right == Right.NONE ? right : Right.VIEW;
    }

    /// Tells members whose rights have changed since they were last told.
    void recheckRights() {
        for (Member member : List.copyOf(members.keySet())) {
            Right right = rightOf(member);
            if (right != rights.put(member, right)) {
                member.deliver(new Frame(new ServerMessage.Granted(number, right)));
                if (right == Right.NONE) {
                    leave(member);
                }
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
        Integer replica = members.get(member);
        if (replica == null) {
            notHere(member);
            return;
        }
        Digest digest = Digests.of(push);
        Progress progress = log.progress(replica);
        Digest waiting = commit.find(replica, push.clientSeq());
        long due = Math.max(progress.highWater(), commit.newest(replica)) + 1;
        if (push.clientSeq() <= progress.highWater()) {
            answerAgain(member, replica, push, digest);
        } else if (waiting != null) {
            if (!waiting.equals(digest)) {
                reused(member, push);
            }
        } else if (push.clientSeq() != due) {
            failed(member, push, ErrorCode.SEQUENCE_GAP, "Push " + push.clientSeq() + " came where " + due
                    + " was due; join again and send from there.");
        } else if (!commit.hasRoomFor(replica)) {
            failed(member, push, ErrorCode.LIMIT,
                    "Too many pushes wait for their answers; join again and send fewer at a time.");
        } else {
            commit.add(member.account(), replica, push, digest);
        }
    }

    /// A push that was decided before gets the same answer again. What became of one from before the last 64 is no
    /// longer known; no client in its right mind asks.
    private void answerAgain(Member member, int replica, ClientMessage.Push push, Digest digest) {
        boolean known = log.progress(replica).find(push.clientSeq()) != null;
        whenKnown(known ? Set.of() : Set.of(replica), Set.of(member), () -> answer(member, replica, push, digest));
    }

    /// Asks the store what other instances have decided about pushes of these replicas, where there are any.
    ///
    /// @param asking connect again where the store cannot be asked
    private void whenKnown(Set<Integer> replicas, Set<Member> asking, Runnable then) {
        if (replicas.isEmpty()) {
            then.run();
            return;
        }
        List<Member> members = List.copyOf(asking);
        context.store().replicas(dashboard, replicas)
                .whenComplete((states, fault) -> context.executor().execute(() -> {
                    if (states != null && !log.isOf(states)) {
                        restored();
                    } else if (states != null) {
                        states.values().forEach(log::progress);
                        then.run();
                    } else {
                        LOG.debug("Dashboard {}: replicas {} cannot be looked up.", dashboard, replicas, fault);
                        members.forEach(Room::unavailable);
                    }
                }));
    }

    private static void unavailable(Member member) {
        member.close(CloseCode.UNAVAILABLE, "The database cannot be asked at present; connect again in a moment.");
    }

    private void answer(Member member, int replica, ClientMessage.Push push, Digest digest) {
        Decided decided = log.progress(replica).find(push.clientSeq());
        if (!members.containsKey(member)) {
            return;
        }
        if (decided == null || !decided.digest().equals(digest)) {
            reused(member, push);
            return;
        }
        switch (decided.answer()) {
            case Answer.Accepted accepted -> whenAt(accepted.revision(), () -> {
                if (accepted.revision() <= log.head()) {
                    member.deliver(new Frame(new ServerMessage.Acked(number, push.clientSeq())));
                } else {
                    unavailable(member);
                }
            });
            case Answer.Refused refused -> member.deliver(new Frame(new ServerMessage.Rejected(number,
                    push.clientSeq(), refused.code(), refused.field(), refused.text())));
        }
    }

    /// An ack tells that the entry came, so it comes first.
    private void whenAt(long revision, Runnable then) {
        if (revision <= log.head()) {
            then.run();
        } else {
            waiting.add(then);
            followTo(revision);
        }
    }

    private void reused(Member member, ClientMessage.Push push) {
        failed(member, push, ErrorCode.SEQUENCE_REUSED, "Push " + push.clientSeq()
                + " was received before with other operations; this replica needs a new id.");
    }

    private void failed(Member member, ClientMessage.Push push, ErrorCode code, String text) {
        member.deliver(new Frame(new ServerMessage.Failed(code, number, null, "clientSeq", text, null,
                push.clientSeq())));
    }

    private void notHere(Member member) {
        member.deliver(new Frame(new ServerMessage.Failed(ErrorCode.NOT_FOUND, number, null, "room",
                "This session is not in room " + number + ".")));
    }

    /// What becomes of the groups that are committed.
    private final class Outcome implements GroupCommit.Outcome {

        @Override
        public void take(List<Entry> entries) {
            Room.this.take(entries);
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
            Room.this.take(entries);
            decisions.forEach(this::remember);
            context.figures().committed.add(entries.size());
            if (!entries.isEmpty()) {
                context.bus().publish(new BusMessage.Committed(dashboard, log.epoch(), entries));
                saveSnapshotWhenDue();
            }
        }

        private void remember(Decision decision) {
            Progress progress = log.progress(decision.replica());
            switch (decision) {
                case Decision.Accepted accepted -> progress.decided(accepted.clientSeq(), accepted.digest(),
                        new Answer.Accepted(accepted.entry().revision()));
                case Decision.Refused refused -> {
                    progress.decided(refused.clientSeq(), refused.digest(),
                            new Answer.Refused(refused.code(), refused.field(), refused.text()));
                    context.figures().refused.increment();
                    reject(refused);
                    own.refused(refused);
                }
            }
        }

        /// Tells whoever speaks for the replica now: its session may be another one than that which pushed.
        private void reject(Decision.Refused refused) {
            Frame frame = new Frame(new ServerMessage.Rejected(number, refused.clientSeq(), refused.code(),
                    refused.field(), refused.text()));
            members.forEach((member, replica) -> {
                if (replica == refused.replica()) {
                    member.deliver(frame);
                }
            });
        }

        @Override
        public void decidedBefore(List<GroupCommit.Waiting> pushes) {
            Set<Integer> unknown = pushes.stream()
                    .filter(push -> log.progress(push.replica()).find(push.push().clientSeq()) == null)
                    .map(GroupCommit.Waiting::replica).collect(Collectors.toSet());
            whenKnown(unknown, members.keySet(), () -> pushes.forEach(push -> List.copyOf(members.entrySet()).stream()
                    .filter(member -> member.getValue() == push.replica())
                    .forEach(member -> answer(member.getKey(), push.replica(), push.push(), push.digest()))));
        }

        @Override
        public void otherEpoch() {
            Room.this.restored();
        }

        @Override
        public void gone() {
            Room.this.gone();
        }
    }

    /// Applies entries that follow on the head and hands them to the members; those before are known already.
    private void take(List<Entry> entries) {
        boolean queries = false;
        List<ServerMessage> committed = new ArrayList<>();
        long size = 0;
        for (Entry entry : entries) {
            if (entry.revision() == log.head() + 1) {
                queries |= log.apply(entry);
                committed.add(new ServerMessage.Committed(number, entry));
                own.logged(entry);
                size += EntrySize.of(entry);
                if (size > FRAME) {
                    deliver(committed);
                    committed.clear();
                    size = 0;
                }
            }
        }
        deliver(committed);
        if (queries) {
            ticks.watch(log.queries());
        }
    }

    private void deliver(List<ServerMessage> committed) {
        if (!committed.isEmpty()) {
            Frame frame = new Frame(committed);
            members.keySet().forEach(member -> member.deliver(frame));
            context.figures().delivered.add((long) committed.size() * members.size());
        }
    }

    /// One at a time: a store that is slow gets no second one to do before it is done with the first.
    private void saveSnapshotWhenDue() {
        if (!saving && log.takeSnapshotTurn()) {
            saving = true;
            context.store().saveSnapshot(dashboard, log.epoch(), log.snapshot())
                    .whenComplete((_, fault) -> context.executor().execute(() -> {
                        saving = false;
                        if (fault != null) {
                            LOG.warn("A snapshot of dashboard {} was not saved; the log still holds everything. {}",
                                    dashboard, fault.getMessage());
                        }
                    }));
        }
    }

    /// Entries that another instance committed; late ones of another epoch are not of this log.
    void follow(Epoch epoch, List<Entry> entries) {
        if (!epoch.equals(log.epoch()) || entries.isEmpty() || entries.getLast().revision() <= log.head()) {
            return;
        }
        if (entries.getFirst().revision() <= log.head() + 1) {
            context.figures().followed.increment();
            take(entries);
        } else {
            followTo(entries.getLast().revision());
        }
    }

    /// Compares with where the store says the log ends.
    void follow(LogPosition stored) {
        if (closed) {
            return;
        }
        if (!stored.epoch().equals(log.epoch())) {
            restored();
        } else if (stored.revision() < log.head()) {
            // A late answer, most often; the store compares with what it has now.
            context.store().seen(dashboard, log.position()).whenComplete((_, fault) -> {
                if (fault != null) {
                    LOG.debug("Dashboard {}: the store cannot compare heads at present.", dashboard, fault);
                }
            });
        } else {
            followTo(stored.revision());
        }
    }

    /// Reads the log up to a revision that somebody saw.
    private void followTo(long revision) {
        readTo = Math.max(readTo, revision);
        if (readTo > log.head() && !following && !closed) {
            following = true;
            context.store().entriesAfter(dashboard, log.position(), PAGE)
                    .whenComplete((entries, fault) -> context.executor().execute(() -> followed(entries, fault)));
        }
    }

    private void followed(@Nullable List<Entry> entries, @Nullable Throwable fault) {
        following = false;
        if (closed) {
            return;
        }
        if (entries != null && !entries.isEmpty()) {
            if (entries.getFirst().revision() > log.head() + 1) {
                fail(new IllegalStateException("the log does not reach back to revision " + log.head()));
                return;
            }
            context.figures().followed.increment();
            take(entries);
            if (readTo > log.head()) {
                followTo(readTo);
                return;
            }
        } else if (fault != null) {
            LOG.debug("Dashboard {}: the log cannot be read at present.", dashboard, fault);
        }
        readTo = log.head();
        List<Runnable> ready = List.copyOf(waiting);
        waiting.clear();
        ready.forEach(Runnable::run);
    }

    /// What a member shows of itself. Thread-safe.
    void show(Member member, Presence shown) {
        presence.show(member, shown, () -> notHere(member));
    }

    /// Who is in the room on another instance, and what they show.
    RoomPresence presence() {
        return presence;
    }

    /// The dashboard was deleted.
    void gone() {
        for (Member member : List.copyOf(members.keySet())) {
            member.deliver(new Frame(new ServerMessage.Granted(number, Right.NONE)));
            leave(member);
        }
        close();
    }

    /// Ends the room of a log that is no more: what is known here may never have been, as the database has it now.
    private void restored() {
        LOG.warn("Dashboard {} has begun a new epoch; the room is read anew from the store.", dashboard);
        List<Member> left = List.copyOf(members.keySet());
        close();
        left.forEach(member -> member.close(CloseCode.HISTORY_REPLACED,
                "The database was restored from a backup. Connect again; what it lacks is offered to you."));
    }

    /// Ends the room after a fault: members connect again and find it as the store has it.
    void fail(Throwable fault) {
        LOG.error("Dashboard {}: the room is given up and will be read anew from the store.", dashboard, fault);
        context.figures().failures.increment();
        List<Member> left = List.copyOf(members.keySet());
        close();
        left.forEach(member -> member.close(CloseCode.INTERNAL,
                "The server met a fault in this dashboard; what was confirmed is safe. Connect again."));
    }

    void close() {
        closed = true;
        own.abandon();
        commit.stop();
        ticks.watch(Set.of());
        members.keySet().forEach(member -> member.left(number));
        members.clear();
        presence.people().close();
    }

    /// Tells members where the log stands and what the document must look like there.
    void beat() {
        Frame frame = new Frame(new ServerMessage.Beat(number, log.head(), log.stateHash()));
        members.keySet().forEach(member -> member.deliver(frame));
    }
}
