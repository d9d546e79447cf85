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
import io.watchfloor.server.store.HistoryStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
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
            dashboards.put(dashboard,
                    new DashboardLog(dashboard, freshEpoch(), title, owner, creation, clock.millis()));
            return true;
        }).thenAccept(_ -> {});
    }

    private Epoch freshEpoch() {
        return new Epoch(new UUID(random.nextLong(), random.nextLong()));
    }

    @Override
    public CompletionStage<@Nullable StoredDashboard> load(DashboardId dashboard) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null ? null : log.stored(accounts);
        });
    }

    @Override
    public CompletionStage<AppendResult> append(DashboardId dashboard, LogPosition expected, long decidedOn,
            List<Decision> decisions) {
        Decision.check(expected.revision(), decisions);
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null
                    ? new AppendResult.Gone()
                    : log.append(expected, isOutdated(decidedOn), decisions, freshEpoch(), clock.millis());
        });
    }

    private boolean isOutdated(long decidedOn) {
        return decidedOn != ANY_RIGHTS && decidedOn != rights.getAsLong();
    }

    @Override
    public CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, LogPosition position, int most) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null || !log.head().epoch().equals(position.epoch())
                    ? List.of()
                    : log.entriesAfter(position.revision(), most);
        });
    }

    @Override
    public CompletionStage<Map<DashboardId, LogPosition>> heads(Collection<DashboardId> asked) {
        List<DashboardId> ids = List.copyOf(asked);
        return step(() -> {
            Map<DashboardId, LogPosition> heads = new HashMap<>();
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
            return log.register(replica, clock.millis());
        });
    }

    @Override
    public CompletionStage<Void> seen(DashboardId dashboard, LogPosition position) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            if (log != null && log.head().epoch().equals(position.epoch())
                    && log.head().revision() < position.revision()) {
                log.begin(freshEpoch());
            }
            return true;
        }).thenAccept(_ -> {});
    }

    @Override
    public CompletionStage<Map<Integer, ReplicaState>> replicas(DashboardId dashboard, Collection<Integer> numbers) {
        List<Integer> asked = List.copyOf(numbers);
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            return log == null ? Map.of() : log.replicas(asked);
        });
    }

    /// The past of these dashboards.
    public HistoryStore history() {
        return new InMemoryHistoryStore(this);
    }

    /// Does something with a dashboard's log under the store's lock.
    ///
    /// @return null where there is no such dashboard
    synchronized <T> @Nullable T in(DashboardId dashboard, Function<DashboardLog, @Nullable T> work) {
        DashboardLog log = dashboards.get(dashboard);
        return log == null ? null : work.apply(log);
    }

    synchronized int letGo(Duration history, Duration replicas) {
        long now = clock.millis();
        int gone = dashboards.values().stream()
                .mapToInt(log -> log.letGo(now - history.toMillis(), now - replicas.toMillis())).sum();
        accounts.keySet().removeIf(replica -> dashboards.values().stream().noneMatch(log -> log.knows(replica)));
        return gone;
    }

    @Override
    public CompletionStage<Void> saveSnapshot(DashboardId dashboard, Epoch epoch, Snapshot snapshot) {
        return step(() -> {
            DashboardLog log = dashboards.get(dashboard);
            if (log != null) {
                log.save(epoch, snapshot);
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
