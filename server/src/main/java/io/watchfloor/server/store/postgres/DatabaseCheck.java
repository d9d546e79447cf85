package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Refuses databases that this server cannot keep its promises on. A confirmed edit is in the log for good, so the
/// database must write it to the disk before it confirms.
final class DatabaseCheck {

    /// Oldest version that the SQL of this server is written for.
    static final int OLDEST = 16;

    private DatabaseCheck() {}

    /// @throws StoreException where the database cannot be used, in one sentence
    static void check(DatabaseSettings settings, DatabaseAddress address, Connection connection) throws SQLException {
        checkVersion(address, connection);
        checkIsOurs(address, connection);
        if (!settings.allowUnsafe()) {
            checkDurability(address, connection);
        }
    }

    /// Whether the tables are there and somebody else's, so that this user may serve and nothing more.
    static boolean ownsNothing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT NOT pg_has_role(current_user, relowner, 'USAGE')
                        FROM pg_class WHERE oid = to_regclass('flyway_schema_history')
                        """)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void checkVersion(DatabaseAddress address, Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new StoreException("The database %s is PostgreSQL %s; this server needs %d or newer."
                    .formatted(address, connection.getMetaData().getDatabaseProductVersion(), OLDEST));
        }
    }

    /// @throws StoreException where it may not, in one sentence
    static void checkMayMakeTables(DatabaseAddress address, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_user, current_schema(), pg_is_in_recovery(),
                               coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)
                        """)) {
            row.next();
            String user = row.getString(1);
            if (row.getBoolean(3)) {
                throw new StoreException(
                        "The database %s is a read-only standby; name the primary.".formatted(address));
            }
            if (!row.getBoolean(4)) {
                throw new StoreException(
                        "The database user \"%s\" may not create tables in %s; grant CREATE on its schema %s."
                                .formatted(user, address,
                                        row.getString(2) == null ? "(it has none)" : "\"" + row.getString(2) + "\""));
            }
        }
    }

    private static void checkIsOurs(DatabaseAddress address, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_schema() FROM pg_class
                        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                          AND to_regclass('flyway_schema_history') IS NULL LIMIT 1
                        """)) {
            if (row.next()) {
                throw new StoreException(
                        "The database %s holds tables of something else in its schema \"%s\"; name one of its own."
                                .formatted(address, row.getString(1)));
            }
        }
    }

    private static void checkDurability(DatabaseAddress address, Connection connection) throws SQLException {
        List<String> off = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT name FROM pg_settings
                        WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'
                        ORDER BY name
                        """)) {
            while (rows.next()) {
                off.add(rows.getString(1));
            }
        }
        if (!off.isEmpty()) {
            throw new StoreException(
                    ("The database %s could lose confirmed edits when the machine stops, because it has "
                            + "%s switched off; switch it on, or give --allow-unsafe-database for a test.")
                            .formatted(address, String.join(" and ", off)));
        }
    }
}
