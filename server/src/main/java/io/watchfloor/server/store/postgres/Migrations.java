package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the tables to this version's. Instances that start at once take turns.
final class Migrations {

    /// Any number that no other user of the database takes: the ASCII letters of "watchflo".
    private static final long TURN = 0x7761_7463_6866_6c6fL;

    private Migrations() {}

    /// @param connection keeps the turn; the migrations use others
    static void run(DatabaseAddress address, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(" + TURN + ")");
            try {
                Flyway.configure()
                        .dataSource(address.url(), address.user(), address.password())
                        .locations("classpath:db/migration")
                        .validateMigrationNaming(true)
                        .load()
                        .migrate();
            } catch (FlywayException e) {
                SQLException cause = Faults.sqlCause(e);
                throw cause != null
                        ? Faults.opening(address, cause)
                        : new StoreException("The tables in %s could not be brought to this version: %s"
                                .formatted(address, e.getMessage()), e);
            } finally {
                statement.execute("SELECT pg_advisory_unlock(" + TURN + ")");
            }
        }
    }
}
