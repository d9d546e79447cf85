package io.watchfloor.client.app;

import io.watchfloor.client.sync.outbox.KeptList;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.list.DashboardListModel;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The dashboards of an account: as the server lists them, and as they were last known on this computer. FX thread only.
final class Shelf implements DashboardListModel.Shelf {

    private final Account account;
    private final Outbox outbox;
    private final LongSupplier serverTime;
    private boolean closed;

    /// @param outbox keeps the list
    /// @param serverTime milliseconds since 1970 UTC
    Shelf(Account account, Outbox outbox, LongSupplier serverTime) {
        this.account = account;
        this.outbox = outbox;
        this.serverTime = serverTime;
    }

    @Override
    public CompletableFuture<Outcome<DashboardList>> list() {
        return account.dashboards().thenApply(outcome -> {
            if (outcome instanceof Outcome.Ok<DashboardList>(DashboardList list) && !closed) {
                outbox.list(new KeptList(serverTime.getAsLong(), list.dashboards()));
            }
            return outcome;
        });
    }

    /// As the server lists them now; as they were last known where it cannot be reached.
    CompletableFuture<Outcome<DashboardList>> listOrKept() {
        return list().thenApply(outcome -> {
            KeptList kept = outbox.list();
            return kept != null && outcome instanceof Outcome.Unreachable<DashboardList>
                    ? new Outcome.Ok<>(new DashboardList(kept.rows()))
                    : outcome;
        });
    }

    @Override
    public @Nullable KeptList kept() {
        return outbox.list();
    }

    @Override
    public CompletableFuture<Outcome<DashboardRow>> create(String title) {
        return account.createDashboard(title);
    }

    @Override
    public CompletableFuture<? extends Outcome<?>> delete(DashboardId id) {
        return account.deleteDashboard(id);
    }

    /// Nothing is kept any more.
    void close() {
        closed = true;
    }
}
