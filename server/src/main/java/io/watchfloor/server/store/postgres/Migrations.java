package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// Brings the tables to this version's. Instances that start at once take turns.
final class Migrations {

    /// Any number that no other user of the database takes: the ASCII letters of "watchflo".
    private static final long TURN = 0x7761_7463_6866_6c6fL;

    private Migrations() {}

    /// For a user who may not change the tables.
    ///
    /// @throws StoreException where they are not this version's
    static void require(DatabaseAddress address) {
        try {
            if (flyway(address).info().pending().length > 0) {
                throw new StoreException(("The tables in %s are older than this server, and the database user may not "
                        + "change them; name their owner in WATCHFLOOR_DATABASE_OWNER_USER.").formatted(address));
            }
        } catch (FlywayException e) {
            throw failed(address, e);
        }
    }

    private static Flyway flyway(DatabaseAddress address) {
        return Flyway.configure().dataSource(address.url(), address.user(), address.password())
                .locations("classpath:db/migration").validateMigrationNaming(true)
                // Builds between two releases have brought some later ones first; none stands on one of a lower number.
                .outOfOrder(true).load();
    }

    private static StoreException failed(DatabaseAddress address, FlywayException e) {
        SQLException cause = Faults.sqlCause(e);
        return cause != null
                ? Faults.opening(address, cause)
                : new StoreException("The tables in %s could not be brought to this version: %s"
                        .formatted(address, told(e)), e);
    }

    /// What is wrong, on one line, without advice on options that nobody here has.
    private static String told(FlywayException e) {
        return String.valueOf(e.getMessage()).lines().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("To ") && !line.startsWith("Need more "))
                .collect(Collectors.joining("; "));
    }

    /// @param connection keeps the turn; the migrations use others
    /// @param serving the role that is to serve, where another one owns the tables
    static void run(DatabaseAddress address, Connection connection, @Nullable DatabaseAddress serving)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + TURN + ")");
            try {
                flyway(address).migrate();
                if (serving != null) {
                    ServingRole.grant(connection, serving);
                }
            } catch (FlywayException e) {
                throw failed(address, e);
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + TURN + ")");
            }
        }
    }
}
