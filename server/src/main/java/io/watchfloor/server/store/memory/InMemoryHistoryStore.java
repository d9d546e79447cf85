package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.Version;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The past of dashboards in memory. Thread-safe.
final class InMemoryHistoryStore implements HistoryStore {

    private final InMemoryDashboardStore store;

    InMemoryHistoryStore(InMemoryDashboardStore store) {
        this.store = store;
    }

    @Override
    public List<Entry> entriesBefore(DashboardId dashboard, long revision, int most) {
        return Objects.requireNonNullElse(
                store.<List<Entry>>in(dashboard, log -> log.entriesBefore(revision, most)), List.of());
    }

    @Override
    public @Nullable LogPosition head(DashboardId dashboard) {
        return store.in(dashboard, DashboardLog::head);
    }

    @Override
    public @Nullable StoredDashboard at(DashboardId dashboard, long revision) {
        return store.in(dashboard, log -> log.at(revision));
    }

    @Override
    public List<Version> versions(DashboardId dashboard) {
        return Objects.requireNonNullElse(store.<List<Version>>in(dashboard, log -> log.snapshots().versions()),
                List.of());
    }

    @Override
    public boolean keep(DashboardId dashboard, Version version, Snapshot snapshot) {
        return Boolean.TRUE.equals(store.<Boolean>in(dashboard, log -> log.snapshots().keep(version, snapshot)));
    }

    @Override
    public boolean remove(DashboardId dashboard, String name) {
        return Boolean.TRUE.equals(store.<Boolean>in(dashboard, log -> log.snapshots().remove(name)));
    }

    @Override
    public int letGo(Duration history, Duration replicas) {
        return store.letGo(history, replicas);
    }
}
