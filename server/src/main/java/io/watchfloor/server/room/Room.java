package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.sample.Query;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.StoredDashboard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One instance's live copy of one dashboard, and the sessions in it.
///
/// Pushes gather while a group of them is being appended to the log, and become the next group. What the log has is
/// applied and handed to every member in the order of revisions, whoever wrote it; a gap is filled from the store first.
/// After a fault whose outcome is unknown the log is read before anything else happens.
///
/// Confined to its room's executor, but for what says otherwise.
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private static final long SNAPSHOT_REVISIONS = 1_000;
    private static final long LONGEST_PAUSE = 5_000;
    private static final int PAGE = 1_000;

    /// A push that waits for its decision.
    private record Waiting(Member member, int replica, ClientMessage.Push push, Digest digest) {}

    private final DashboardId dashboard;
    private final int number;
    private final RoomContext context;
    private final Epoch epoch;
    private final Document document;
    private final HybridClock clock = new HybridClock();
    private final RecentEntries recent = new RecentEntries();
    private final RoomTicks ticks;
    private final RoomPeople people;
    private final Map<Member, Integer> members = new LinkedHashMap<>();
    private final Map<Member, Right> rights = new HashMap<>();
    private final Map<Integer, Progress> replicas = new HashMap<>();
    private List<Waiting> gathered = new ArrayList<>();
    private List<Waiting> group = List.of();
    private long head;
    private long snapshotAt;
    private boolean appending;
    private boolean following;
    private int recoveries;
    private volatile boolean closed;

    Room(DashboardId dashboard, int number, StoredDashboard stored, RoomContext context) {
        this.dashboard = dashboard;
        this.number = number;
        this.context = context;
        this.epoch = stored.epoch();
        this.document = Document.of(stored.snapshot());
        this.head = stored.snapshot().revision();
        this.snapshotAt = head;
        stored.snapshot().assignments().forEach(assignment -> clock.observe(assignment.stamp()));
        this.ticks = new RoomTicks(number, context, members.keySet());
        this.people = new RoomPeople(dashboard, number, context, members.keySet());
        stored.entries().forEach(this::apply);
        ticks.watch(LiveQueries.of(document));
    }

    DashboardId dashboard() {
        return dashboard;
    }

    int number() {
        return number;
    }

    long head() {
        return head;
    }

    /// Whether it takes nobody in any more; a new one is to be opened. Thread-safe.
    boolean isClosed() {
        return closed;
    }

    boolean isIdle() {
        return members.isEmpty() && !appending && gathered.isEmpty();
    }

    RoomTicks ticks() {
        return ticks;
    }

    RoomPeople people() {
        return people;
    }

    /// Takes a member in and gives it all that its replica lacks.
    void join(Member member, ClientMessage.Join join, ReplicaState state) {
        Right right = context.access().rightOf(member.account(), dashboard);
        if (right == Right.NONE) {
            member.deliver(new Frame(
                    new ServerMessage.NotJoined(dashboard, ErrorCode.NOT_FOUND, "There is no such dashboard.")));
            return;
        }
        Progress progress = replicas.computeIfAbsent(state.number(), _ -> new Progress());
        progress.merge(state);
        List<Entry> missing = epoch.equals(join.epoch()) ? recent.after(join.revision(), head) : null;
        member.deliver(new Frame(new ServerMessage.Joined(dashboard, number, right, epoch, state.number(),
                progress.highWater(), missing == null ? document.snapshot(head) : null,
                missing == null ? List.of() : missing)));
        members.put(member, state.number());
        rights.put(member, right);
        member.entered(number, ticks.ring(), ticks.ring().newest());
        people.changed();
    }

    void leave(Member member) {
        if (members.remove(member) != null) {
            rights.remove(member);
            member.left(number);
            people.changed();
        }
    }

    /// Tells members whose rights have changed since they were last told.
    void recheckRights() {
        for (Member member : List.copyOf(members.keySet())) {
            Right right = context.access().rightOf(member.account(), dashboard);
            if (right != rights.get(member)) {
                rights.put(member, right);
                member.deliver(new Frame(new ServerMessage.Granted(number, right)));
                if (right == Right.NONE) {
                    leave(member);
                }
            }
        }
    }

    void push(Member member, ClientMessage.Push push) {
        Integer replica = members.get(member);
        if (replica == null) {
            failed(member, ErrorCode.NOT_FOUND, null, "This session is not in room " + number + ".");
            return;
        }
        Digest digest = Digests.of(push);
        Progress progress = replicas.computeIfAbsent(replica, _ -> new Progress());
        if (push.clientSeq() <= progress.highWater()) {
            answerAgain(member, push, digest, progress);
            return;
        }
        List<Waiting> before = waitingOf(replica);
        for (Waiting waiting : before) {
            if (waiting.push().clientSeq() == push.clientSeq()) {
                if (!waiting.digest().equals(digest)) {
                    reused(member, push);
                }
                return;
            }
        }
        if (push.clientSeq() != progress.highWater() + before.size() + 1) {
            failed(member, ErrorCode.SEQUENCE_GAP, "clientSeq", "Push " + push.clientSeq() + " came where "
                    + (progress.highWater() + before.size() + 1) + " was due; join again and send from there.");
        } else if (before.size() >= Limits.PUSHES_IN_FLIGHT) {
            failed(member, ErrorCode.LIMIT, "clientSeq", "More than " + Limits.PUSHES_IN_FLIGHT
                    + " pushes wait for their answers; join again and send no more than that at a time.");
        } else {
            gathered.add(new Waiting(member, replica, push, digest));
            appendGathered();
        }
    }

    private List<Waiting> waitingOf(int replica) {
        List<Waiting> waiting = new ArrayList<>();
        group.stream().filter(w -> w.replica() == replica).forEach(waiting::add);
        gathered.stream().filter(w -> w.replica() == replica).forEach(waiting::add);
        return waiting;
    }

    /// An accepted push needs no second answer: the member has its entry, or gets it in the order of revisions.
    private void answerAgain(Member member, ClientMessage.Push push, Digest digest, Progress progress) {
        Decided decided = progress.find(push.clientSeq());
        if (decided == null) {
            return;
        }
        if (!decided.digest().equals(digest)) {
            reused(member, push);
        } else if (decided.answer() instanceof Answer.Refused refused) {
            member.deliver(new Frame(new ServerMessage.Rejected(number, push.clientSeq(), refused.code(),
                    refused.field(), refused.text())));
        }
    }

    private void reused(Member member, ClientMessage.Push push) {
        failed(member, ErrorCode.SEQUENCE_REUSED, "clientSeq", "Push " + push.clientSeq()
                + " was received before with other operations; this replica needs a new id.");
    }

    private void failed(Member member, ErrorCode code, @Nullable String field, String text) {
        member.deliver(new Frame(new ServerMessage.Failed(code, number, null, field, text)));
    }

    private void appendGathered() {
        if (!appending && !gathered.isEmpty()) {
            group = gathered;
            gathered = new ArrayList<>();
            append();
        }
    }

    private void append() {
        List<Decision> decisions = decide();
        if (decisions.isEmpty()) {
            group = List.of();
            appending = false;
            appendGathered();
            return;
        }
        appending = true;
        context.figures().appends.increment();
        context.store().append(dashboard, head, decisions)
                .whenComplete((result, fault) -> context.executor().execute(() -> appended(decisions, result, fault)));
    }

    /// Decides the group anew on the document as it is; what the log has meanwhile is left out.
    private List<Decision> decide() {
        long now = context.clock().getAsLong();
        Admission admission = new Admission(document, clock, now);
        Map<Integer, Long> last = new HashMap<>();
        List<Decision> decisions = new ArrayList<>();
        long revision = head;
        for (Waiting waiting : group) {
            ClientMessage.Push push = waiting.push();
            long decided = last.getOrDefault(waiting.replica(), highWater(waiting.replica()));
            if (push.clientSeq() <= decided) {
                continue;
            }
            last.put(waiting.replica(), push.clientSeq());
            Admission.Refusal refusal = mayEdit(waiting.member())
                    ? admission.judge(push.operations(), waiting.replica())
                    : new Admission.Refusal(ErrorCode.FORBIDDEN, null,
                            "You may look at this dashboard, not change it.");
            if (refusal == null) {
                revision++;
                decisions.add(new Decision.Accepted(new Entry(revision, waiting.replica(), push.clientSeq(),
                        waiting.member().account(), now, admission.stamped(push.operations(), waiting.replica())),
                        waiting.digest()));
            } else {
                decisions.add(new Decision.Refused(waiting.replica(), push.clientSeq(), waiting.digest(),
                        refusal.code(), refusal.field(), refusal.text()));
            }
        }
        return decisions;
    }

    private boolean mayEdit(Member member) {
        return context.access().rightOf(member.account(), dashboard).compareTo(Right.EDIT) >= 0;
    }

    private long highWater(int replica) {
        Progress progress = replicas.get(replica);
        return progress == null ? 0 : progress.highWater();
    }

    private void appended(List<Decision> decisions, @Nullable AppendResult result, @Nullable Throwable fault) {
        if (closed) {
            return;
        }
        switch (result) {
            case AppendResult.Appended _ -> {
                recoveries = 0;
                committed(decisions);
                group = List.of();
                appending = false;
                appendGathered();
            }
            case AppendResult.Behind behind -> {
                take(behind.missing());
                append();
            }
            case AppendResult.Gone _ -> gone();
            case AppendResult.Unknown _ -> recover(null);
            case null -> recover(fault);
        }
    }

    private void committed(List<Decision> decisions) {
        List<Entry> entries = new ArrayList<>();
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Accepted accepted -> {
                    entries.add(accepted.entry());
                    context.figures().committed.increment();
                    context.figures().operations.add(accepted.entry().operations().size());
                }
                case Decision.Refused _ -> context.figures().refused.increment();
            }
        }
        take(entries);
        for (Decision decision : decisions) {
            Progress progress = replicas.computeIfAbsent(decision.replica(), _ -> new Progress());
            switch (decision) {
                case Decision.Accepted accepted -> progress.decided(accepted.clientSeq(), accepted.digest(),
                        new Answer.Accepted(accepted.entry().revision()));
                case Decision.Refused refused -> {
                    progress.decided(refused.clientSeq(), refused.digest(),
                            new Answer.Refused(refused.code(), refused.field(), refused.text()));
                    reject(refused);
                }
            }
        }
        if (!entries.isEmpty()) {
            context.bus().publish(new BusMessage.Committed(dashboard, entries));
        }
        saveSnapshotWhenDue();
    }

    /// Tells whoever speaks for the replica now: its session may be another one than that which pushed.
    private void reject(Decision.Refused refused) {
        Frame frame = new Frame(new ServerMessage.Rejected(number, refused.clientSeq(), refused.code(), refused.field(),
                refused.text()));
        members.forEach((member, replica) -> {
            if (replica == refused.replica()) {
                member.deliver(frame);
            }
        });
    }

    private void saveSnapshotWhenDue() {
        if (head - snapshotAt >= SNAPSHOT_REVISIONS) {
            snapshotAt = head;
            context.store().saveSnapshot(dashboard, document.snapshot(head)).exceptionally(fault -> {
                LOG.warn("A snapshot of dashboard {} was not saved; the log still holds everything. {}", dashboard,
                        fault.getMessage());
                return null;
            });
        }
    }

    /// Applies entries that follow on the head and hands them to the members; those before are known already.
    private void take(List<Entry> entries) {
        boolean queries = false;
        for (Entry entry : entries) {
            if (entry.revision() == head + 1) {
                queries |= apply(entry);
                Frame frame = new Frame(new ServerMessage.Committed(number, entry));
                members.keySet().forEach(member -> member.deliver(frame));
                context.figures().delivered.add(members.size());
            }
        }
        if (queries) {
            ticks.watch(LiveQueries.of(document));
        }
    }

    /// Whether the entry may have changed what the dashboard asks for.
    private boolean apply(Entry entry) {
        boolean queries = false;
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> {
                    document.apply(assignment);
                    clock.observe(assignment.stamp());
                    queries |= assignment.property().equals(Properties.QUERY)
                            || assignment.property().equals(Properties.EXISTS);
                }
            }
        }
        head = entry.revision();
        recent.add(entry);
        Progress progress = replicas.get(entry.replica());
        if (progress != null) {
            progress.decided(entry.clientSeq(), null, new Answer.Accepted(entry.revision()));
        }
        return queries;
    }

    /// Entries that another instance committed.
    void follow(List<Entry> entries) {
        if (entries.isEmpty() || entries.getLast().revision() <= head) {
            return;
        }
        if (entries.getFirst().revision() <= head + 1) {
            context.figures().followed.increment();
            take(entries);
        } else {
            followTo(entries.getLast().revision());
        }
    }

    /// Reads the log up to a revision that somebody saw.
    void followTo(long revision) {
        if (revision <= head || following || closed) {
            return;
        }
        following = true;
        context.store().entriesAfter(dashboard, head, PAGE)
                .whenComplete((entries, fault) -> context.executor().execute(() -> {
                    following = false;
                    if (entries != null && !closed) {
                        context.figures().followed.increment();
                        take(entries);
                        if (entries.size() == PAGE) {
                            followTo(revision);
                        }
                    }
                }));
    }

    /// The outcome of an append is unknown: the log tells. Members stay; their pushes wait.
    private void recover(@Nullable Throwable fault) {
        context.figures().recoveries.increment();
        if (recoveries == 0) {
            LOG.warn("Dashboard {}: the outcome of a commit is unknown, reading the log. {}", dashboard,
                    fault == null ? "" : fault.getMessage());
        }
        long pause = Math.min(LONGEST_PAUSE, 100L << Math.min(recoveries, 6));
        recoveries++;
        context.delay().after(pause, () -> context.executor().execute(this::readLog));
    }

    private void readLog() {
        if (closed) {
            return;
        }
        context.store().entriesAfter(dashboard, head, PAGE)
                .whenComplete((entries, fault) -> context.executor().execute(() -> {
                    if (closed) {
                        return;
                    }
                    if (entries == null) {
                        recover(fault);
                    } else {
                        take(entries);
                        append();
                    }
                }));
    }

    /// The dashboard was deleted.
    void gone() {
        for (Member member : List.copyOf(members.keySet())) {
            member.deliver(new Frame(new ServerMessage.Granted(number, Right.NONE)));
            leave(member);
        }
        close();
    }

    /// Ends the room after a fault: members connect again and find it as the store has it.
    void fail(Throwable fault) {
        LOG.error("Dashboard {}: the room is given up and read anew from the store.", dashboard, fault);
        context.figures().failures.increment();
        Set<Member> left = new HashSet<>(members.keySet());
        close();
        left.forEach(member -> member.close(CloseCode.INTERNAL,
                "The server met a fault in this dashboard; what was confirmed is safe. Connect again."));
    }

    void close() {
        closed = true;
        ticks.watch(Set.of());
        members.keySet().forEach(member -> member.left(number));
        members.clear();
    }

    /// Tells members where the log stands and what the document must look like there.
    void beat() {
        Frame frame = new Frame(new ServerMessage.Beat(number, head, document.stateHash()));
        members.keySet().forEach(member -> member.deliver(frame));
        people.beat();
    }

    /// Whether the dashboard itself asks for this.
    boolean holds(Query query) {
        return LiveQueries.of(document).contains(query);
    }
}
