package io.watchfloor.server;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.room.Access;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The rights as rooms ask for them. Thread-safe.
///
/// @param blocking runs what blocks
record RoomAccess(Rights rights, Executor blocking) implements Access {

    @Override
    public Right rightOf(String account, DashboardId dashboard) {
        return rights.rightOf(account, dashboard);
    }

    @Override
    public long revision() {
        return rights.revision();
    }

    @Override
    public boolean confirmed() {
        return rights.confirmed();
    }

    @Override
    public CompletionStage<Void> refresh() {
        return CompletableFuture.runAsync(rights::refresh, blocking);
    }
}
