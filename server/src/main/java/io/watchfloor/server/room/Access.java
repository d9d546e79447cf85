package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.DashboardStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells what an account may do with a dashboard at this moment. It answers from memory. One that is nothing but a
/// function stands for rights that no store knows of. Thread-safe.
@FunctionalInterface
public interface Access {

    Right rightOf(String account, DashboardId dashboard);

    /// The revision of the rights that answers given from now on rest on, or a later one.
    default long revision() {
        return DashboardStore.ANY_RIGHTS;
    }

    /// Whether the store has confirmed the rights lately. Where it has not, people may go on looking, but nothing of
    /// theirs is decided before it has.
    default boolean confirmed() {
        return true;
    }

    /// Reads what has changed.
    default CompletionStage<Void> refresh() {
        return CompletableFuture.completedStage(null);
    }
}
