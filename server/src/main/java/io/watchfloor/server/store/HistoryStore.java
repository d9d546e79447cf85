package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The past of dashboards: their logs read backwards, states of earlier revisions, and the names that people gave them.
///
/// Each call is one transaction. Calls block; make them from a virtual thread. They fail with [StoreException].
/// Thread-safe.
public interface HistoryStore {

    /// The last entries before a revision, in the order of the log; fewer where the log begins there.
    List<Entry> entriesBefore(DashboardId dashboard, long revision, int most);

    /// Where the log ends; null where there is no such dashboard.
    @Nullable
    LogPosition head(DashboardId dashboard);

    /// What the state at a revision is made of: the nearest snapshot at or before it, and the entries from there up to
    /// it. Null where the log has no such revision, where it left by age, or where there is no such dashboard.
    @Nullable
    StoredDashboard at(DashboardId dashboard, long revision);

    /// The named versions, newest revision first.
    List<Version> versions(DashboardId dashboard);

    /// Names a revision and keeps its state.
    ///
    /// @param snapshot of the revision
    /// @return false where the name is taken or there is no such dashboard; nothing is changed then
    boolean keep(DashboardId dashboard, Version version, Snapshot snapshot);

    /// Takes a name away; the state stays only as long as the log has it.
    ///
    /// @return false where there is no such version
    boolean remove(DashboardId dashboard, String name);

    /// Lets go what is too old. Entries leave by whole months, when all of the month is older, and never before a
    /// snapshot covers them: loading, and every state from there on, can be had as before. Replicas are forgotten that
    /// were not used for so long; one that comes back is a new one.
    ///
    /// @param history how long entries are kept
    /// @param replicas how long replicas are remembered after their last use
    /// @return how many months of entries, or entries where there are no months, have left
    int letGo(Duration history, Duration replicas);
}
