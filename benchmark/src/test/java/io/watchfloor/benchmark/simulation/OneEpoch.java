package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Epoch;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoredDashboard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A way to a store that passes off every epoch as the one that was loaded first. Confined to its run's thread.
final class OneEpoch {

    private final DashboardStore store;
    private @Nullable Epoch loaded;

    OneEpoch(DashboardStore store) {
        this.store = store;
    }

    DashboardStore port() {
        return Interposed.on(DashboardStore.class, store, (method, arguments, call) -> {
            if (arguments != null && arguments.length > 1 && arguments[1] instanceof LogPosition position) {
                return store.heads(List.of(Database.DASHBOARD)).thenCompose(heads -> {
                    LogPosition head = heads.getOrDefault(Database.DASHBOARD, position);
                    arguments[1] = new LogPosition(head.epoch(), position.revision());
                    try {
                        return call.call() instanceof CompletionStage<?> stage
                                ? stage.thenApply(this::passedOff)
                                : null;
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            return call.call() instanceof CompletionStage<?> stage ? stage.thenApply(this::passedOff) : null;
        });
    }

    private @Nullable Object passedOff(@Nullable Object answer) {
        if (answer instanceof StoredDashboard stored) {
            Epoch first = loaded == null ? stored.epoch() : loaded;
            loaded = first;
            return new StoredDashboard(first, stored.snapshot(), stored.entries());
        }
        Epoch known = loaded;
        if (known != null && answer instanceof ReplicaState state) {
            return new ReplicaState(known, state.number(), state.highWater(), state.recent());
        }
        if (known != null && answer instanceof Map<?, ?> map) {
            Map<Object, Object> other = new HashMap<>(map);
            other.replaceAll((_, value) -> switch (value) {
                case LogPosition head -> new LogPosition(known, head.revision());
                case ReplicaState state -> new ReplicaState(known, state.number(), state.highWater(), state.recent());
                default -> value;
            });
            return Map.copyOf(other);
        }
        return answer;
    }
}
