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
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.TitleInForce;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One dashboard in memory. Guarded by its store's lock.
final class DashboardLog {

    private final DashboardId dashboard;
    private final Epoch epoch;
    private final @Nullable String owner;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Pushes> replicas = new ArrayList<>();
    private final Map<ReplicaId, Integer> numbers = new HashMap<>();
    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    private TitleInForce title;
    private long changedAt;

    DashboardLog(DashboardId dashboard, Epoch epoch, String title, @Nullable String owner, List<Entry> creation,
            long now) {
        this.dashboard = dashboard;
        this.epoch = epoch;
        this.owner = owner;
        this.title = TitleInForce.initial(title).after(creation);
        this.changedAt = now;
        entries.addAll(creation);
        replicas.add(new Pushes(creation.stream().mapToLong(Entry::clientSeq).max().orElse(0)));
    }

    long head() {
        return entries.size();
    }

    StoredDashboard stored() {
        Snapshot snapshot = snapshots.isEmpty() ? Snapshot.EMPTY : snapshots.lastEntry().getValue();
        return new StoredDashboard(epoch, snapshot, entriesAfter(snapshot.revision(), Integer.MAX_VALUE));
    }

    /// @param outdated whether rights have changed since the decisions were made
    AppendResult append(long expectedHead, boolean outdated, List<Decision> decisions, List<Entry> accepted, long now) {
        if (head() > expectedHead) {
            return new AppendResult.Behind(entriesAfter(expectedHead, Integer.MAX_VALUE));
        }
        if (head() < expectedHead) {
            throw new StoreException("Dashboard %s ends before revision %d; nothing was written."
                    .formatted(dashboard, expectedHead));
        }
        if (outdated) {
            return new AppendResult.Outdated();
        }
        checkUndecided(decisions);
        decisions.forEach(decision -> replicas.get(decision.replica()).add(decision));
        entries.addAll(accepted);
        title = title.after(accepted);
        changedAt = now;
        return new AppendResult.Appended();
    }

    private void checkUndecided(List<Decision> decisions) {
        Map<Integer, Long> highWaters = new HashMap<>();
        for (Decision decision : decisions) {
            if (decision.replica() < 0 || decision.replica() >= replicas.size()) {
                throw new StoreException("Dashboard %s has no replica %d; nothing was written."
                        .formatted(dashboard, decision.replica()));
            }
            long highWater = highWaters.getOrDefault(decision.replica(), replicas.get(decision.replica()).highWater);
            if (decision.clientSeq() <= highWater) {
                throw new StoreException(
                        "Push %d of replica %d in dashboard %s was decided before; nothing was written."
                                .formatted(decision.clientSeq(), decision.replica(), dashboard));
            }
            highWaters.put(decision.replica(), decision.clientSeq());
        }
    }

    List<Entry> entriesAfter(long revision, int most) {
        if (revision >= head()) {
            return List.of();
        }
        int from = (int) revision;
        return List.copyOf(entries.subList(from, (int) Math.min(head(), (long) from + most)));
    }

    ReplicaState register(ReplicaId replica) {
        int number = numbers.computeIfAbsent(replica, _ -> {
            replicas.add(new Pushes(0));
            return replicas.size() - 1;
        });
        Pushes pushes = replicas.get(number);
        return new ReplicaState(number, pushes.highWater, List.copyOf(pushes.recent.values()));
    }

    void save(Snapshot snapshot) {
        if (snapshot.revision() > head()) {
            return;
        }
        snapshots.putIfAbsent(snapshot.revision(), snapshot);
        while (snapshots.size() > 2) {
            snapshots.pollFirstEntry();
        }
    }

    DashboardSummary summary() {
        return new DashboardSummary(dashboard, title.title(), owner, changedAt);
    }

    /// What was decided about one replica's pushes.
    private static final class Pushes {

        private final NavigableMap<Long, Decided> recent = new TreeMap<>();
        private long highWater;

        Pushes(long highWater) {
            this.highWater = highWater;
        }

        void add(Decision decision) {
            Answer answer = switch (decision) {
                case Decision.Accepted accepted -> new Answer.Accepted(accepted.entry().revision());
                case Decision.Refused refused -> new Answer.Refused(refused.code(), refused.field(), refused.text());
            };
            highWater = decision.clientSeq();
            recent.put(highWater, new Decided(highWater, decision.digest(), answer));
            recent.headMap(highWater - Limits.PUSHES_IN_FLIGHT, true).clear();
        }
    }
}
