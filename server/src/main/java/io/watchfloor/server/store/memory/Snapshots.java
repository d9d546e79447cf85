package io.watchfloor.server.store.memory;

import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.SnapshotThinning;
import io.watchfloor.server.store.Version;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/// The kept states of one dashboard in memory. Guarded by its store's lock.
final class Snapshots {

    private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();
    private final NavigableMap<Long, Long> numbers = new TreeMap<>();
    private final Map<String, Named> versions = new HashMap<>();
    private long made;

    private record Named(Version version, Snapshot snapshot) {}

    /// The empty one where there is no other.
    Snapshot atOrBefore(long revision) {
        Map.Entry<Long, Snapshot> nearest = snapshots.floorEntry(revision);
        Snapshot snapshot = nearest == null ? Snapshot.EMPTY : nearest.getValue();
        return versions.values().stream().map(Named::snapshot)
                .filter(named -> named.revision() <= revision && named.revision() > snapshot.revision())
                .max(Comparator.comparingLong(Snapshot::revision)).orElse(snapshot);
    }

    void save(Snapshot snapshot, long floor) {
        if (snapshots.putIfAbsent(snapshot.revision(), snapshot) == null) {
            made++;
            numbers.put(snapshot.revision(), made);
            SnapshotThinning.superfluous(numbers, floor).forEach(this::forget);
        }
    }

    /// Forgets what was before a snapshot, which the log begins after from now on.
    void begin(Snapshot floor) {
        List.copyOf(snapshots.headMap(floor.revision()).keySet()).forEach(this::forget);
        save(floor, floor.revision());
    }

    private void forget(long revision) {
        snapshots.remove(revision);
        numbers.remove(revision);
    }

    /// Of those without a name, in order.
    List<Long> revisions() {
        return List.copyOf(snapshots.keySet());
    }

    List<Version> versions() {
        return versions.values().stream().map(Named::version)
                .sorted(Comparator.comparingLong(Version::revision).thenComparingLong(Version::at).reversed()
                        .thenComparing(Version::name))
                .toList();
    }

    boolean keep(Version version, Snapshot snapshot) {
        return Objects.isNull(versions.putIfAbsent(version.name(), new Named(version, snapshot)));
    }

    boolean remove(String name) {
        return versions.remove(name) != null;
    }
}
