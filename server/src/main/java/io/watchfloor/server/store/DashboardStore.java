package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The durable log of every dashboard, and who has pushed what to it.
///
/// Guarantees: what [#append] reported as appended is durable; revisions of one dashboard are 1, 2, 3 ... without gaps,
/// whatever number of instances append; `(replica, clientSeq)` is decided at most once. Calls never block the caller.
/// Stages complete on a thread of the store (the caller hops to its own executor) and fail with [StoreException] where
/// the store cannot be reached or answers with a fault; a failed call other than `append` has changed nothing.
///
/// Thread-safe.
public interface DashboardStore {

    /// Creates a dashboard whose log begins with these entries.
    ///
    /// @param creation revisions 1, 2, 3 ... of replica 0, which is the server's own
    CompletionStage<Void> create(DashboardId dashboard, String title, @Nullable String owner, List<Entry> creation);

    /// Newest snapshot and the entries after it, or null where there is no such dashboard.
    CompletionStage<@Nullable StoredDashboard> load(DashboardId dashboard);

    /// Stands for decisions that no right was asked for.
    long ANY_RIGHTS = -1;

    /// Makes decisions durable in one transaction, under the dashboard's row lock. A change of rights is committed either
    /// before that transaction, which then writes nothing, or after it.
    ///
    /// @param expected head that the decisions were made on; accepted entries go on from there
    /// @param rights [RightsStore#revision()] that the decisions were made on, or [#ANY_RIGHTS]
    /// @param decisions in order, at least one
    CompletionStage<AppendResult> append(DashboardId dashboard, LogPosition expected, long rights,
            List<Decision> decisions);

    /// The same for what the server itself writes.
    default CompletionStage<AppendResult> append(DashboardId dashboard, LogPosition expected,
            List<Decision> decisions) {
        return append(dashboard, expected, ANY_RIGHTS, decisions);
    }

    /// The entries after a position, in order; none where the log is of another epoch. Those that left by age are left
    /// out, so that the first one then does not follow on the position.
    ///
    /// @param most more are left for the next call
    CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, LogPosition position, int most);

    /// Where the log of each of these dashboards ends, in one query; those that are gone are left out.
    CompletionStage<Map<DashboardId, LogPosition>> heads(Collection<DashboardId> dashboards);

    /// Tells where an instance has seen the log. Where it ends before that now, what was confirmed is lost, and the
    /// dashboard begins a new epoch.
    CompletionStage<Void> seen(DashboardId dashboard, LogPosition position);

    /// Gives a replica its number in a dashboard, or finds it again.
    ///
    /// @param account name of the account that uses the replica; bound to it at the first call
    /// @return null where the replica is bound to another account, or the dashboard is gone
    CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account);

    /// How far replicas have come, by their numbers in the dashboard; those that it does not know are left out.
    CompletionStage<Map<Integer, ReplicaState>> replicas(DashboardId dashboard, Collection<Integer> numbers);

    /// Keeps a snapshot, so that loading need not read the log from its start. One of another epoch, or of a revision
    /// that the log does not hold, is not kept.
    CompletionStage<Void> saveSnapshot(DashboardId dashboard, Epoch epoch, Snapshot snapshot);

    /// All dashboards, by title.
    CompletionStage<List<DashboardSummary>> list();

    /// Deletes a dashboard and its log.
    ///
    /// @return false where there is none
    CompletionStage<Boolean> delete(DashboardId dashboard);
}
