package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides pushes and makes the decisions durable, a group at a time: what comes in while a group is being appended is
/// the next group. Where other instances were first, the group is decided again on what they wrote; where the outcome is
/// unknown, the log is read before anything else happens, and the pushes wait.
///
/// Confined to its room's executor.
final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private static final long LONGEST_PAUSE = 5_000;
    private static final int PAGE = 1_000;
    /// Bytes of pushes that may wait, as while the database is away.
    private static final long CAPACITY = 64 << 20;
    /// Milliseconds between two looks at whether rights are known again.
    private static final long RIGHTS_PAUSE = 200;

    /// What the room does with what became of a group.
    interface Outcome {

        /// Pushes that waited turned out to be decided already; who speaks for their replicas now gets that answer.
        void decidedBefore(List<Waiting> pushes);

        /// What the server's own change of a replica has come to was decided already.
        void ownDecidedBefore(int replica);

        /// The dashboard has begun another epoch.
        void otherEpoch();

        /// Entries of the log, to be applied where they follow on the head.
        void take(List<Entry> entries);

        /// Decisions that are durable.
        void decided(List<Decision> decisions);

        /// The dashboard was deleted.
        void gone();
    }

    /// A push that waits for its decision.
    record Waiting(String account, int replica, ClientMessage.Push push, Digest digest) {}

    /// A change of the server's own that waits for its decision.
    ///
    /// @param replica that was never used
    /// @param pushes makes its pushes on the document as it is; none where there is nothing to change
    record Own(String account, int replica, Supplier<List<ClientMessage.Push>> pushes) {}

    private final DashboardId dashboard;
    private final RoomLog log;
    private final RoomContext context;
    private final Outcome outcome;
    private List<Waiting> gathered = new ArrayList<>();
    private final Deque<Own> gatheredOwn = new ArrayDeque<>();
    private List<Waiting> group = List.of();
    private @Nullable Own groupOwn;
    /// Digests of what waits in both, by replica and number.
    private final Map<Integer, TreeMap<Long, Digest>> waiting = new HashMap<>();
    private long bytesWaiting;
    private boolean appending;
    private boolean stopped;
    private int recoveries;

    GroupCommit(DashboardId dashboard, RoomLog log, RoomContext context, Outcome outcome) {
        this.dashboard = dashboard;
        this.log = log;
        this.context = context;
        this.outcome = outcome;
    }

    boolean isIdle() {
        return !appending && nothingGathered();
    }

    private boolean nothingGathered() {
        return gathered.isEmpty() && gatheredOwn.isEmpty();
    }

    /// How many pushes of a replica wait for their decision.
    int waiting(int replica) {
        return waitingOf(replica).size();
    }

    /// Greatest number of a replica's pushes that wait, 0 where none does. Some of them may be in the log already.
    long newest(int replica) {
        NavigableMap<Long, Digest> pushes = waitingOf(replica);
        return pushes.isEmpty() ? 0 : pushes.lastKey();
    }

    /// Digest of a push that waits, or null where it does not.
    @Nullable
    Digest find(int replica, long clientSeq) {
        return waitingOf(replica).get(clientSeq);
    }

    private NavigableMap<Long, Digest> waitingOf(int replica) {
        NavigableMap<Long, Digest> pushes = waiting.get(replica);
        return pushes == null ? Collections.emptyNavigableMap() : pushes;
    }

    /// Takes a push in that is next in its replica's order.
    void add(String account, int replica, ClientMessage.Push push, Digest digest) {
        gathered.add(new Waiting(account, replica, push, digest));
        bytesWaiting += EntrySize.of(push.operations());
        waiting.computeIfAbsent(replica, _ -> new TreeMap<>()).put(push.clientSeq(), digest);
        if (!appending) {
            next();
        }
    }

    /// Takes a change of the server's own in, which becomes durable as a whole.
    void add(Own own) {
        gatheredOwn.addLast(own);
        if (!appending) {
            next();
        }
    }

    void stop() {
        stopped = true;
    }

    private void next() {
        groupOwn = gatheredOwn.pollFirst();
        if (groupOwn == null) { // such a change is a group by itself, for it is made on the document before it
            group = gathered;
            gathered = new ArrayList<>();
        }
        append();
    }

    /// Decides the group and appends the decisions. While rights are not confirmed it waits instead: a refusal stands for
    /// good, so none is made on what may be wrong.
    private void append() {
        if (!context.access().confirmed()) {
            appending = true;
            context.delay().after(RIGHTS_PAUSE, () -> context.executor().execute(this::appendUnlessStopped));
            return;
        }
        long rights = context.access().revision();
        List<Decision> decisions = decide();
        appending = !decisions.isEmpty();
        if (appending) {
            context.figures().appends.increment();
            context.store().append(dashboard, log.position(), rights, decisions).whenComplete(
                    (result, fault) -> context.executor().execute(() -> appended(decisions, result, fault)));
        } else {
            Own own = groupOwn;
            recoveries = 0;
            forgetGroup();
            if (own != null) {
                outcome.ownDecidedBefore(own.replica());
            }
            if (!nothingGathered()) {
                next();
            }
        }
    }

    private void appendUnlessStopped() {
        if (!stopped) {
            append();
        }
    }

    private void forgetGroup() {
        for (Waiting decided : group) {
            bytesWaiting -= EntrySize.of(decided.push().operations());
            waiting.computeIfPresent(decided.replica(), (_, pushes) -> {
                pushes.remove(decided.push().clientSeq());
                return pushes.isEmpty() ? null : pushes;
            });
        }
        group = List.of();
        groupOwn = null;
    }

    /// Decides the group on the document as it is; what the log has meanwhile is left out.
    private List<Decision> decide() {
        long now = context.clock().getAsLong();
        Admission admission = log.admission(now);
        Map<Integer, Long> last = new HashMap<>();
        List<Decision> decisions = new ArrayList<>();
        List<Waiting> before = new ArrayList<>();
        long revision = log.head();
        for (Waiting waiting : undecided()) {
            ClientMessage.Push push = waiting.push();
            int replica = waiting.replica();
            if (push.clientSeq() <= last.getOrDefault(replica, log.progress(replica).highWater())) {
                before.add(waiting);
                continue;
            }
            last.put(replica, push.clientSeq());
            Admission.Verdict verdict = mayEdit(waiting.account())
                    ? admission.judge(push.operations(), replica, revision + 1)
                    : new Admission.Verdict.Refused(new Refusal(ErrorCode.FORBIDDEN, null,
                            "You may look at this dashboard, not change it."));
            switch (verdict) {
                case Admission.Verdict.Admitted(var operations) -> {
                    revision++;
                    decisions.add(new Decision.Accepted(new Entry(revision, replica, push.clientSeq(),
                            waiting.account(), now, operations), waiting.digest()));
                }
                case Admission.Verdict.Refused(Refusal refusal) -> decisions.add(new Decision.Refused(replica,
                        push.clientSeq(), waiting.digest(), refusal.code(), refusal.field(), refusal.text()));
            }
        }
        if (!before.isEmpty()) {
            outcome.decidedBefore(before);
        }
        return decisions;
    }

    /// The group, or the pushes that the server's own change takes on the document as it is.
    private List<Waiting> undecided() {
        Own own = groupOwn;
        if (own == null) {
            return group;
        }
        return log.progress(own.replica()).highWater() > 0
                ? List.of()
                : own.pushes().get().stream()
                        .map(push -> new Waiting(own.account(), own.replica(), push, Digests.of(push))).toList();
    }

    private boolean mayEdit(String account) {
        return context.access().rightOf(account, dashboard).compareTo(Right.EDIT) >= 0;
    }

    private void appended(List<Decision> decisions, @Nullable AppendResult result, @Nullable Throwable fault) {
        if (stopped) {
            return;
        }
        switch (result) {
            case AppendResult.Appended _ -> {
                recoveries = 0;
                outcome.decided(decisions);
                forgetGroup();
                appending = false;
                if (!nothingGathered()) {
                    next();
                }
            }
            case AppendResult.Behind behind -> {
                outcome.take(behind.missing());
                append();
            }
            case AppendResult.Outdated _ -> context.access().refresh().whenComplete((_, unread) -> context.delay()
                    .after(unread == null ? 0 : RIGHTS_PAUSE,
                            () -> context.executor().execute(this::appendUnlessStopped)));
            case AppendResult.AlreadyDecided _ -> learn();
            case AppendResult.OtherEpoch _ -> outcome.otherEpoch();
            case AppendResult.Gone _ -> outcome.gone();
            case AppendResult.Unknown _ -> recover(null);
            case null -> recover(fault);
        }
    }

    /// Others have decided about pushes of this group: refusals of another instance, which are in no log.
    private void learn() {
        Own own = groupOwn;
        Set<Integer> replicas = own == null
                ? group.stream().map(Waiting::replica).collect(Collectors.toSet())
                : Set.of(own.replica());
        context.store().replicas(dashboard, replicas)
                .whenComplete((states, fault) -> context.executor().execute(() -> {
                    if (stopped) {
                        return;
                    }
                    if (states == null) {
                        recover(fault);
                    } else if (!log.isOf(states)) {
                        outcome.otherEpoch();
                    } else {
                        states.values().forEach(log::progress);
                        append();
                    }
                }));
    }

    private void recover(@Nullable Throwable fault) {
        context.figures().recoveries.increment();
        if (recoveries == 0) {
            LOG.warn(
                    "Dashboard {}: the outcome of a commit is unknown; its log is read before anything is answered. {}",
                    dashboard, fault == null ? "" : fault.getMessage());
        }
        long pause = Math.min(LONGEST_PAUSE, 100L << Math.min(recoveries, 6));
        recoveries++;
        context.delay().after(pause, () -> context.executor().execute(this::readLog));
    }

    private void readLog() {
        if (!stopped) {
            context.store().entriesAfter(dashboard, log.position(), PAGE)
                    .whenComplete((entries, fault) -> context.executor().execute(() -> read(entries, fault)));
        }
    }

    private void read(@Nullable List<Entry> entries, @Nullable Throwable fault) {
        if (stopped) {
            return;
        }
        if (entries == null) {
            recover(fault);
        } else {
            outcome.take(entries);
            if (entries.size() == PAGE) {
                readLog();
            } else {
                append();
            }
        }
    }

    /// Whether another push of a replica may wait.
    boolean hasRoomFor(int replica) {
        return waiting(replica) < Limits.PUSHES_IN_FLIGHT;
    }

    /// Whether it may wait with the others, of whatever replica.
    boolean hasRoomFor(ClientMessage.Push push) {
        return bytesWaiting + EntrySize.of(push.operations()) <= CAPACITY;
    }
}
