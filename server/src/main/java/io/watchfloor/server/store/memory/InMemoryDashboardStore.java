package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Dashboards in memory: durable as long as the object lives. Several instances in one JVM share one object.
///
/// Each call is one step on the executor, so that a simulation can order the steps. Thread-safe.
public final class InMemoryDashboardStore implements DashboardStore {

    private final Executor executor;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final LongSupplier rights;
    private final Map<DashboardId, DashboardLog> dashboards = new HashMap<>();
    private final Map<ReplicaId, String> accounts = new HashMap<>();

    public InMemoryDashboardStore(Executor executor, InstantSource clock, RandomGenerator random) {
        this(executor, clock, random, () -> ANY_RIGHTS);
    }

    /// @param rights the counter that changes of rights raise
    public InMemoryDashboardStore(Executor executor, InstantSource clock, RandomGenerator random, LongSupplier rights) {
        this.rights = rights;
        this.executor = executor;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Void> create(DashboardId dashboard, String title, @Nullable String owner,
            List<Entry> creation) {
        return step(() -> {
            if (dashboards.containsKey(dashboard)) {
                throw new StoreException("There is a dashboard %s already; nothing was written.".formatted(dashboard));
            }
            Epoch epoch = new Epoch(new UUID(random.nextLong(), random.nextLong()));
            dashboards.put(dashboard, new DashboardLog(dashboard, epoch, title, owner, creation, clock.millis()));
            return true;
        }).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<@Nullable StoredDashboard> load(DashboardId dashboard) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null ? null : log.stored();
        });
    }

    @Override
    public CompletionStage<AppendResult> append(DashboardId dashboard, long expectedHead, long decidedOn,
            List<Decision> decisions) {
        List<Entry> entries = Decision.entries(expectedHead, decisions);
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null
                    ? new AppendResult.Gone()
                    : log.append(expectedHead, isOutdated(decidedOn), decisions, entries, clock.millis());
        });
    }

    private boolean isOutdated(long decidedOn) {
        return decidedOn != ANY_RIGHTS && decidedOn != rights.getAsLong();
    }

    @Override
    public CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, long revision, int most) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null ? List.of() : log.entriesAfter(revision, most);
        });
    }

    @Override
    public CompletionStage<Map<DashboardId, Long>> heads(Collection<DashboardId> asked) {
        List<DashboardId> ids = List.copyOf(asked);
        return step(() -> {
            Map<DashboardId, Long> heads = new HashMap<>();
            for (DashboardId id : ids) {
                DashboardLog log = dashboards.get(id);
                if (log != null) {
                    heads.put(id, log.head());
                }
            }
            return Map.copyOf(heads);
        });
    }

    @Override
    public CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica, String account) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            if (log == null || !accounts.computeIfAbsent(replica, _ -> account).equals(account)) {
                return null;
            }
            return log.register(replica);
        });
    }

    @Override
    public CompletionStage<Void> saveSnapshot(DashboardId dashboard, Snapshot snapshot) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            if (log != null) {
                log.save(snapshot);
            }
            return true;
        }).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<List<DashboardSummary>> list() {
        return step(() -> dashboards.values().stream().map(DashboardLog::summary).sorted(DashboardSummary.BY_TITLE)
                .toList());
    }

    @Override
    public CompletionStage<Boolean> delete(DashboardId dashboard) {
        return step(() -> dashboards.remove(dashboard) != null);
    }

    private <T extends @Nullable Object> CompletionStage<T> step(Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> {
            synchronized (this) {
                return work.get();
            }
        }, executor);
    }
}
