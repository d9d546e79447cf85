package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Limits;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.TitleInForce;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One dashboard in memory. Guarded by its store's lock.
final class DashboardLog {

    private final DashboardId dashboard;
    private final @Nullable String owner;
    private final List<Logged> entries = new ArrayList<>();
    private final Map<Integer, Pushes> replicas = new HashMap<>();
    private final Map<ReplicaId, Integer> numbers = new HashMap<>();
    private final Snapshots snapshots = new Snapshots();
    private Epoch epoch;
    private TitleInForce title;
    private long changedAt;
    /// Revision of the last entry that left.
    private long start;
    private int lastNumber;

    private record Logged(Entry entry, long at) {}

    DashboardLog(DashboardId dashboard, Epoch epoch, String title, @Nullable String owner, List<Entry> creation,
            long now) {
        this.dashboard = dashboard;
        this.epoch = epoch;
        this.owner = owner;
        this.title = TitleInForce.initial(title).after(creation);
        this.changedAt = now;
        creation.forEach(entry -> entries.add(new Logged(entry, now)));
        replicas.put(0, new Pushes(creation.stream().mapToLong(Entry::clientSeq).max().orElse(0), now));
    }

    LogPosition head() {
        return new LogPosition(epoch, start + entries.size());
    }

    Snapshots snapshots() {
        return snapshots;
    }

    /// @param accounts of replicas
    StoredDashboard stored(Map<ReplicaId, String> accounts) {
        Snapshot snapshot = snapshots.atOrBefore(Long.MAX_VALUE);
        StoredDashboard stored = new StoredDashboard(epoch, snapshot,
                entriesAfter(snapshot.revision(), Integer.MAX_VALUE));
        Set<Integer> writers = stored.writers();
        Map<Integer, String> authors = new HashMap<>();
        numbers.forEach((replica, number) -> {
            String account = accounts.get(replica);
            if (account != null && writers.contains(number)) {
                authors.put(number, account);
            }
        });
        return stored.withAuthors(authors);
    }

    @Nullable
    StoredDashboard at(long revision) {
        long head = head().revision();
        if (revision < 0 || revision > head) {
            return null;
        }
        Snapshot snapshot = snapshots.atOrBefore(revision);
        if (snapshot.revision() < revision && snapshot.revision() < start) {
            return null;
        }
        return new StoredDashboard(epoch, snapshot,
                entriesAfter(snapshot.revision(), (int) (revision - snapshot.revision())));
    }

    void begin(Epoch other) {
        epoch = other;
    }

    /// @param outdated whether rights have changed since the decisions were made
    /// @param fresh epoch to begin where the log ends before the expected head
    AppendResult append(LogPosition expected, boolean outdated, List<Decision> decisions, Epoch fresh, long now) {
        LogPosition head = head();
        if (!expected.epoch().equals(epoch)) {
            return new AppendResult.OtherEpoch();
        }
        if (head.revision() < expected.revision()) {
            begin(fresh);
            return new AppendResult.OtherEpoch();
        }
        if (head.revision() > expected.revision()) {
            return new AppendResult.Behind(entriesAfter(expected.revision(), Integer.MAX_VALUE));
        }
        if (outdated) {
            return new AppendResult.Outdated();
        }
        if (!undecided(decisions)) {
            return new AppendResult.AlreadyDecided();
        }
        List<Entry> accepted = Decision.entries(expected.revision(), decisions);
        decisions.forEach(decision -> pushesOf(decision).add(decision, now));
        accepted.forEach(entry -> entries.add(new Logged(entry, now)));
        title = title.after(accepted);
        changedAt = now;
        return new AppendResult.Appended();
    }

    private Pushes pushesOf(Decision decision) {
        Pushes pushes = replicas.get(decision.replica());
        if (pushes == null) {
            throw new StoreException("Dashboard %s has no replica %d; nothing was written."
                    .formatted(dashboard, decision.replica()));
        }
        return pushes;
    }

    private boolean undecided(List<Decision> decisions) {
        Map<Integer, Long> highWaters = new HashMap<>();
        boolean undecided = true;
        for (Decision decision : decisions) {
            long highWater = highWaters.getOrDefault(decision.replica(), pushesOf(decision).highWater);
            undecided &= decision.clientSeq() > highWater;
            highWaters.put(decision.replica(), decision.clientSeq());
        }
        return undecided;
    }

    List<Entry> entriesAfter(long revision, int most) {
        long from = Math.max(revision, start) - start;
        return from >= entries.size()
                ? List.of()
                : entries.subList((int) from, (int) Math.min(entries.size(), from + most)).stream()
                        .map(Logged::entry).toList();
    }

    List<Entry> entriesBefore(long revision, int most) {
        long to = Math.min(Math.max(0, revision - 1 - start), entries.size());
        return entries.subList((int) Math.max(0, to - most), (int) to).stream().map(Logged::entry).toList();
    }

    ReplicaState register(ReplicaId replica, long now) {
        int number = numbers.computeIfAbsent(replica, _ -> {
            lastNumber++;
            replicas.put(lastNumber, new Pushes(0, now));
            return lastNumber;
        });
        Pushes pushes = replicas.get(number);
        if (pushes == null) {
            throw new IllegalStateException("replica " + number + " has a number and no pushes");
        }
        pushes.usedAt = now;
        return pushes.state(epoch, number);
    }

    boolean knows(ReplicaId replica) {
        return numbers.containsKey(replica);
    }

    Map<Integer, ReplicaState> replicas(Collection<Integer> asked) {
        Map<Integer, ReplicaState> states = new HashMap<>();
        for (int number : asked) {
            Pushes pushes = replicas.get(number);
            if (pushes != null) {
                states.put(number, pushes.state(epoch, number));
            }
        }
        return states;
    }

    void save(Epoch of, Snapshot snapshot) {
        if (of.equals(epoch) && snapshot.revision() <= head().revision() && snapshot.revision() >= start) {
            snapshots.save(snapshot, start);
        }
    }

    /// @return how many entries have left
    int letGo(long entriesBefore, long replicasBefore) {
        int old = 0;
        while (old < entries.size() && entries.get(old).at() < entriesBefore) {
            old++;
        }
        if (old > 0) {
            StoredDashboard floor = at(start + old);
            if (floor == null) {
                throw new IllegalStateException("the log holds what it is about to let go");
            }
            start += old;
            snapshots.begin(floor.document().snapshot(start));
            entries.subList(0, old).clear();
        }
        replicas.entrySet().removeIf(replica -> replica.getKey() != 0 && replica.getValue().usedAt < replicasBefore);
        numbers.values().removeIf(number -> !replicas.containsKey(number));
        return old;
    }

    DashboardSummary summary() {
        return new DashboardSummary(dashboard, title.title(), owner, changedAt);
    }

    /// What was decided about one replica's pushes.
    private static final class Pushes {

        private final NavigableMap<Long, Decided> recent = new TreeMap<>();
        private long highWater;
        private long usedAt;

        Pushes(long highWater, long now) {
            this.highWater = highWater;
            this.usedAt = now;
        }

        ReplicaState state(Epoch epoch, int number) {
            return new ReplicaState(epoch, number, highWater, List.copyOf(recent.values()));
        }

        void add(Decision decision, long now) {
            Answer answer = switch (decision) {
                case Decision.Accepted accepted -> new Answer.Accepted(accepted.entry().revision());
                case Decision.Refused refused -> new Answer.Refused(refused.code(), refused.field(), refused.text());
            };
            usedAt = now;
            highWater = decision.clientSeq();
            recent.put(highWater, new Decided(highWater, decision.digest(), answer));
            recent.headMap(highWater - Limits.PUSHES_IN_FLIGHT, true).clear();
        }
    }
}
