package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.LeaseStore;
import java.time.Duration;

/// Leases in PostgreSQL, by the database's clock. Thread-safe.
public final class PostgresLeaseStore implements LeaseStore {

    private final Database database;

    public PostgresLeaseStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean take(String name, String holder, Duration time) {
        return database.run(handle -> handle.createUpdate("""
                INSERT INTO leases AS lease (name, holder, until)
                VALUES (:name, :holder, clock_timestamp() + :millis * interval '1 millisecond')
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
                WHERE lease.holder = excluded.holder OR lease.until <= clock_timestamp()
                """).bind("name", name).bind("holder", holder).bind("millis", time.toMillis()).execute()) > 0;
    }

    @Override
    public void giveBack(String name, String holder) {
        database.run(handle -> handle.createUpdate("DELETE FROM leases WHERE name = :name AND holder = :holder")
                .bind("name", name).bind("holder", holder).execute());
    }
}
