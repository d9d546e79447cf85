package io.watchfloor.server.store.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which database this is: PostgreSQL's system identifier and timeline, and the database's number. A database that was
/// restored from a dump or to a point in time, or promoted, has another identity than the one its own tables tell; it may
/// lack what was confirmed, so every dashboard gets a new epoch.
///
/// Immutable.
record DatabaseIdentity(String systemIdentifier, String timeline, long databaseOid) {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseIdentity.class);

    /// Compares the identity with the one in the tables, and renews all epochs where they differ.
    static void check(Handle handle) {
        DatabaseIdentity actual = actual(handle);
        if (isKnown(actual, known(handle))) {
            return;
        }
        // The same lock for all instances, so that only the first of them renews.
        handle.execute("LOCK TABLE database_identity IN EXCLUSIVE MODE");
        Optional<DatabaseIdentity> known = known(handle);
        if (isKnown(actual, known)) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO database_identity (system_identifier, timeline, database_oid)
                VALUES (:system, :timeline, :oid)
                ON CONFLICT (only_row) DO UPDATE
                SET system_identifier = :system, timeline = :timeline, database_oid = :oid
                """).bind("system", actual.systemIdentifier).bind("timeline", actual.timeline)
                .bind("oid", actual.databaseOid).execute();
        if (known.isPresent()) {
            int dashboards = renewEpochs(handle);
            LOG.warn(
                    "This is another database than before ({}, was {}): it was restored or promoted. {} dashboards begin "
                            + "a new epoch; desktops load them again and offer what the database lacks.",
                    actual, known.get(),
                    dashboards);
        }
    }

    private static boolean isKnown(DatabaseIdentity actual, Optional<DatabaseIdentity> known) {
        return known.isPresent() && known.get().equals(actual);
    }

    private static Optional<DatabaseIdentity> known(Handle handle) {
        return handle.createQuery("SELECT system_identifier, timeline, database_oid FROM database_identity")
                .map((row, _) -> read(row)).findOne();
    }

    String installation() {
        return systemIdentifier + "-" + databaseOid;
    }

    /// @return how many dashboards have a new epoch
    static int renewEpochs(Handle handle) {
        return handle.execute("UPDATE dashboard SET epoch = gen_random_uuid()");
    }

    static DatabaseIdentity actual(Handle handle) {
        return handle.createQuery("""
                SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
                       left(pg_walfile_name(pg_current_wal_lsn()), 8) AS timeline,
                       (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database_oid
                """).map((row, _) -> read(row)).one();
    }

    private static DatabaseIdentity read(ResultSet row) throws SQLException {
        return new DatabaseIdentity(row.getString("system_identifier"), row.getString("timeline"),
                row.getLong("database_oid"));
    }
}
