package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.MilestoneStore;

/// Milestones in PostgreSQL. Thread-safe.
public final class PostgresMilestoneStore implements MilestoneStore {

    private final Database database;

    public PostgresMilestoneStore(Database database) {
        this.database = database;
    }

    @Override
    public boolean reached(String milestone) {
        return database.run(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM milestones WHERE name = :name)")
                .bind("name", milestone).mapTo(Boolean.class).one());
    }

    @Override
    public void reach(String milestone) {
        database.run(
                handle -> handle.createUpdate("INSERT INTO milestones (name) VALUES (:name) ON CONFLICT DO NOTHING")
                        .bind("name", milestone).execute());
    }
}
