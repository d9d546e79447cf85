package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rights of the role that a server serves with, where another one owns the tables: to read and write, but not to
/// change or remove what the audit log holds, nor to change tables. Stateless.
final class ServingRole {

    private static final Logger LOG = LoggerFactory.getLogger(ServingRole.class);

    /// Whether the role lacks something, or has what it ought not to have.
    private static final String DUE = """
            SELECT NOT (has_table_privilege(r.name, 'audit_event', 'INSERT')
                        AND has_function_privilege(r.name, 'make_entry_month(date)', 'EXECUTE'))
                OR has_table_privilege(r.name, 'audit_event', 'UPDATE')
                OR EXISTS (SELECT 1 FROM pg_class c
                           WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
                             AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
                             AND NOT has_table_privilege(r.name, c.oid, 'SELECT'))
            FROM (SELECT CAST(? AS text)) AS r (name)
            """;

    private ServingRole() {}

    /// Grants the role what it lacks.
    ///
    /// @param connection of the owner
    /// @throws StoreException where there is no such role
    static void grant(Connection connection, DatabaseAddress serving) throws SQLException {
        String role = serving.user();
        if (role == null) {
            throw new StoreException(
                    "Where the tables have an owner of their own, the user that the server serves with "
                            + "must be named too, in WATCHFLOOR_DATABASE_USER.");
        }
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, role)) {
                throw new StoreException("The database %s has no role \"%s\" to serve with; make it with CREATE ROLE."
                        .formatted(serving, role));
            }
            if (!isDue(connection, role)) {
                return;
            }
            String name = statement.enquoteIdentifier(role, true);
            String schema = statement.enquoteIdentifier(connection.getSchema(), true);
            connection.setAutoCommit(false);
            for (String sql : new String[]{"GRANT USAGE ON SCHEMA " + schema + " TO " + name,
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + name,
                    "REVOKE UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON audit_event, audit_chain FROM " + name,
                    "REVOKE INSERT ON audit_chain FROM " + name,
                    "REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM " + name,
                    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA " + schema + " TO " + name,
                    // of the months and days to come
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA " + schema
                            + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + name}) {
                statement.execute(sql);
            }
            connection.commit();
            connection.setAutoCommit(true);
            LOG.info("The database role {} may serve now: it can only add to the audit log, and change no tables.",
                    role);
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        return ask(connection, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)", role);
    }

    private static boolean isDue(Connection connection, String role) throws SQLException {
        return ask(connection, DUE, role);
    }

    private static boolean ask(Connection connection, String sql, String role) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
