package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kept copies of an outbox in memory. Confined to one thread at a time.
final class KeptCopies {

    private final Map<DashboardId, KeptCopy> copies = new HashMap<>();
    /// After the snapshots.
    private final Map<DashboardId, List<Entry>> entries = new HashMap<>();

    void apply(DashboardId dashboard, List<CopyChange> changes) {
        changes.forEach(change -> apply(dashboard, change));
    }

    private void apply(DashboardId dashboard, CopyChange change) {
        KeptCopy kept = copies.get(dashboard);
        switch (change) {
            case CopyChange.Whole(KeptCopy copy) -> {
                copies.put(dashboard, copy);
                entries.put(dashboard, new ArrayList<>());
            }
            case CopyChange.Forgotten() -> copies.remove(dashboard);
            case CopyChange.Next(Entry entry) when kept != null -> {
                List<Entry> after = entries.computeIfAbsent(dashboard, _ -> new ArrayList<>());
                if (entry.revision() == kept.snapshot().revision() + after.size() + 1) {
                    after.add(entry);
                }
            }
            case CopyChange.Acked(AckedPush push) when kept != null -> {
                List<AckedPush> acked = new ArrayList<>(kept.acked());
                acked.add(push);
                copies.put(dashboard, new KeptCopy(kept.epoch(), kept.right(), kept.seenAt(), kept.snapshot(),
                        KeptCopy.latest(acked)));
            }
            case CopyChange.Seen seen when kept != null -> copies.put(dashboard,
                    new KeptCopy(kept.epoch(), seen.right(), seen.at(), kept.snapshot(), kept.acked()));
            case CopyChange.Next _, CopyChange.Acked _, CopyChange.Seen _ -> {}
        }
    }

    Optional<KeptCopy> find(DashboardId dashboard) {
        return Optional.ofNullable(copies.get(dashboard)).map(kept -> new KeptCopy(kept.epoch(), kept.right(),
                kept.seenAt(), KeptCopy.advance(kept.snapshot(), entries.getOrDefault(dashboard, List.of())),
                kept.acked()));
    }

    void retain(Set<DashboardId> dashboards) {
        copies.keySet().retainAll(dashboards);
    }
}
