package io.watchfloor.server.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/// Asks the database which one it is, once on each connection that is made to it: behind an address there may be another
/// one from one connection to the next, and the pool replaces connections that broke without telling.
///
/// Thread-safe.
final class CheckedConnections {

    private final Set<Connection> checked = Collections
            .synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /// Before anything else on a connection; what the check changes is kept whatever becomes of the transaction.
    void check(Handle handle) throws SQLException {
        check(handle.getConnection());
    }

    /// The same for one that commits each statement by itself.
    void check(Connection connection) throws SQLException {
        Connection physical = connection.unwrap(Connection.class);
        if (!checked.contains(physical)) {
            boolean byItself = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try (Handle handle = Jdbi.open(new Lent(connection))) {
                DatabaseIdentity.check(handle);
            }
            connection.commit();
            connection.setAutoCommit(byItself);
            checked.add(physical);
        }
    }

    /// The caller's connection, which stays open.
    private record Lent(Connection connection) implements ConnectionFactory {

        @Override
        public Connection openConnection() {
            return connection;
        }

        @Override
        public void closeConnection(Connection lent) {
            // The caller closes it.
        }
    }
}
