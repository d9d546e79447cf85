package io.watchfloor.server.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jdbi.v3.core.Handle;

/// Asks the database which one it is, once on each connection that is made to it: behind an address there may be another
/// one from one connection to the next, and the pool replaces connections that broke without telling.
///
/// Thread-safe.
final class CheckedConnections {

    private final Set<Connection> checked = Collections
            .synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// Before anything else on a connection; what the check changes is kept whatever becomes of the transaction.
    void check(Handle handle) throws SQLException {
        Connection connection = handle.getConnection();
        Connection physical = connection.unwrap(Connection.class);
        if (!checked.contains(physical)) {
            DatabaseIdentity.check(handle);
            connection.commit();
            checked.add(physical);
        }
    }
}
