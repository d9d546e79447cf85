package io.watchfloor.server.store;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;

/// Who may do what, and a counter that every change of it raises in the same transaction: of accounts, service tokens and
/// grants, and of which dashboards there are and who owns them.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface RightsStore {

    /// The counter, by one query on one row.
    long revision();

    /// The whole record, no older than the revision that it names.
    RightsRecord load();

    /// Grants a right on a dashboard, in place of what was granted there before.
    ///
    /// @param right [Right#NONE] takes a grant away; for everyone it closes a dashboard of the server's own, which is open
    ///        to all otherwise
    /// @return false where there is no such dashboard, account or group
    boolean grant(DashboardId dashboard, Grantee grantee, Right right);
}
