package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
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
    /// @param expectedHead revision that the decisions were made on; accepted entries go on from there
    /// @param rights [RightsStore#revision()] that the decisions were made on, or [#ANY_RIGHTS]
    /// @param decisions in order, at least one
    CompletionStage<AppendResult> append(DashboardId dashboard, long expectedHead, long rights,
            List<Decision> decisions);

    /// The same for what the server itself writes.
    default CompletionStage<AppendResult> append(DashboardId dashboard, long expectedHead, List<Decision> decisions) {
        return append(dashboard, expectedHead, ANY_RIGHTS, decisions);
    }

    /// The entries after a revision, in order.
    ///
    /// @param most more are left for the next call
    CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, long revision, int most);

    /// The newest revision of each of these dashboards, in one query; those that are gone are left out.
    CompletionStage<Map<DashboardId, Long>> heads(Collection<DashboardId> dashboards);

    /// Gives a replica its number in a dashboard, or finds it again.
    ///
    /// @param account name of the account that uses the replica; bound to it at the first call
    /// @return null where the replica is bound to another account, or the dashboard is gone
    CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account);

    /// Keeps a snapshot, so that loading need not read the log from its start.
    CompletionStage<Void> saveSnapshot(DashboardId dashboard, Snapshot snapshot);

    /// All dashboards, by title.
    CompletionStage<List<DashboardSummary>> list();

    /// Deletes a dashboard and its log.
    ///
    /// @return false where there is none
    CompletionStage<Boolean> delete(DashboardId dashboard);
}
