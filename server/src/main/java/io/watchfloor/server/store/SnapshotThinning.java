package io.watchfloor.server.store;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which of a dashboard's snapshots are kept. The newest serve loading; of the older ones enough stay that the state at
/// any revision is near one of them. Stateless.
public final class SnapshotThinning {

    /// Snapshots that are kept whatever their numbers are.
    public static final int NEWEST = 2;
    /// Of the older ones each whose number divides by this.
    public static final int EVERY = 16;

    private SnapshotThinning() {}

    /// The revisions of snapshots that are not kept.
    ///
    /// @param numbers of all snapshots, by revision; a snapshot's number tells how many were made before it
    /// @param floor revision of the one that the log begins after
    public static List<Long> superfluous(NavigableMap<Long, Long> numbers, long floor) {
        NavigableMap<Long, Long> older = new TreeMap<>(numbers);
        for (int i = 0; i < NEWEST; i++) {
            older.pollLastEntry();
        }
        return older.entrySet().stream().filter(snapshot -> snapshot.getKey() != floor
                && snapshot.getValue() % EVERY != 0).map(java.util.Map.Entry::getKey).toList();
    }
}
