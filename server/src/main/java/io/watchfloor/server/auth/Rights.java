package io.watchfloor.server.auth;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.RightsStore;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TokenHash;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may do what, held in memory so that every message can be checked. A counter in the database tells of changes; it
/// is polled, and the bus only makes that faster.
///
/// Questions never block and answer by what was read last. Thread-safe.
public final class Rights {

    private static final Logger log = LoggerFactory.getLogger(Rights.class);
    private static final long POLL_MILLIS = 300;

    private final RightsStore store;
    private final EventBus bus;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile RightsTable table;
    private volatile long confirmedAt;
    private volatile boolean failing;

    /// Reads everything once.
    ///
    /// @throws StoreException where that fails
    public Rights(RightsStore store, EventBus bus, InstantSource clock) {
        this.store = store;
        this.bus = bus;
        this.clock = clock;
        this.confirmedAt = clock.millis();
        this.table = new RightsTable(store.load());
    }

    /// Looks for changes from now on, and whenever another instance tells of one.
    ///
    /// @return ends the polling when it is cancelled
    public ScheduledFuture<?> follow(ScheduledExecutorService executor) {
        bus.subscribe(message -> {
            if (message instanceof BusMessage.RightsChanged) {
                executor.execute(this::poll);
            }
        });
        return executor.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Adds a listener that is called after rights have changed, on a thread that it must not block.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// The effective right: the owner's, or the greater of the account's own grant and everyone's, capped by the role.
    /// Administrators have all rights on all dashboards there are. A dashboard of the server's own is everyone's to edit
    /// until a grant to everyone says something else.
    public Right rightOf(String account, DashboardId dashboard) {
        return table.rightOf(account, dashboard);
    }

    /// The role of an account, or null where there is none of this name or it is disabled.
    public @Nullable Role roleOf(String account) {
        Account found = table.account(account);
        return found == null || found.disabled() ? null : found.role();
    }

    /// When the database was last known to agree, milliseconds since 1970 UTC.
    public long confirmedAt() {
        return confirmedAt;
    }

    /// To be called by those who have changed something: reads it, and tells the other instances.
    ///
    /// @throws StoreException where it cannot be read; the change will be seen by polling
    public void changed() {
        refresh();
        bus.publish(new BusMessage.RightsChanged());
    }

    /// Reads what has changed, if anything has. Blocks.
    ///
    /// @throws StoreException where that fails
    public void refresh() {
        if (refreshTable()) {
            listeners.forEach(Runnable::run);
        }
    }

    /// The account as it is, also if it is disabled. An account that is not known yet may have been made by another
    /// instance a moment ago, so it is looked for once; may block then.
    @Nullable
    Account account(String name) {
        Account found = table.account(name);
        if (found == null) {
            refresh();
            found = table.account(name);
        }
        return found;
    }

    /// The service token, looked for like an account.
    @Nullable
    ServiceToken serviceToken(TokenHash hash) {
        ServiceToken found = table.serviceToken(hash);
        if (found == null) {
            refresh();
            found = table.serviceToken(hash);
        }
        return found;
    }

    private synchronized boolean refreshTable() {
        long asked = clock.millis();
        boolean stale = store.revision() != table.revision();
        if (stale) {
            table = new RightsTable(store.load());
        }
        confirmedAt = asked;
        return stale;
    }

    private void poll() {
        try {
            refresh();
            if (failing) {
                log.info("Rights can be read again.");
            }
            failing = false;
        } catch (StoreException e) {
            if (!failing) {
                log.warn("Rights cannot be read, those read last stay in force: {}", e.getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            log.error("A listener for changed rights failed", e);
        }
    }
}
