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
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may do what, held in memory so that every message can be checked. A counter in the database tells of changes; it
/// is polled, and the bus only makes that faster.
///
/// Questions never block and answer by what was read last. Thread-safe.
public final class Rights {

    private static final Logger log = LoggerFactory.getLogger(Rights.class);
    /// Milliseconds between two looks at the counter: three of them are less than the second that is promised.
    static final long POLL_MILLIS = 300;
    private static final long LOOK_MILLIS = 100;
    /// Unconfirmed for longer, rights are good for looking only.
    private static final long CONFIRMED_MILLIS = 5_000;
    /// Unconfirmed for longer, they are good for nothing.
    private static final long LAPSED_MILLIS = 60_000;

    private final RightsStore store;
    private final EventBus bus;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder polls = new LongAdder();
    private volatile RightsTable table;
    private volatile long confirmedAt;
    private volatile boolean failing;
    /// Looks at the counter that have begun.
    private final AtomicLong looks = new AtomicLong();
    /// The last of them that was answered; under the lock.
    private long answered;
    /// When somebody looked again last.
    private final AtomicLong lookedAt = new AtomicLong(-LOOK_MILLIS);
    private boolean toldConfirmed = true;

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
        return executor.scheduleWithFixedDelay(() -> {
            polls.increment();
            poll();
        }, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// How often changes were looked for because it was time to.
    public long polls() {
        return polls.sum();
    }

    /// Looks whether rights are still confirmed, from now on. On an executor that polling does not hold up.
    ///
    /// @return ends the watch when it is cancelled
    public ScheduledFuture<?> watch(ScheduledExecutorService executor) {
        return executor.scheduleWithFixedDelay(this::tellWhetherConfirmed, POLL_MILLIS, POLL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /// Tells listeners where rights are no longer confirmed, or are again.
    void tellWhetherConfirmed() {
        boolean now = confirmed();
        if (now != toldConfirmed) {
            toldConfirmed = now;
            log.warn(now
                    ? "Rights are confirmed again; people may edit."
                    : "Rights were not confirmed for five seconds; people may only look until they are.");
            tell();
        }
    }

    private void tell() {
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                log.error("A listener for changed rights failed", e);
            }
        }
    }

    /// The revision of what questions are answered by, or of what they were answered by a moment ago.
    public long revision() {
        return table.revision();
    }

    /// Whether the database has confirmed the rights within the last five seconds.
    public boolean confirmed() {
        return clock.millis() - confirmedAt <= CONFIRMED_MILLIS;
    }

    /// Whether it has not confirmed them for a minute.
    public boolean lapsed() {
        return clock.millis() - confirmedAt > LAPSED_MILLIS;
    }

    /// Whether a sign-in was ended lately.
    boolean hasEnded(UUID signIn) {
        return table.hasEnded(signIn);
    }

    /// Whether an account has to have a second factor, and has none.
    boolean isFactorDue(Account account) {
        return table.isFactorDue(account);
    }

    /// The account as it was read last.
    @Nullable
    Account known(String name) {
        return table.account(name);
    }

    /// Adds a listener that is called after rights have changed, on a thread that it must not block.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /// The effective right: the owner's, or the greatest of the account's own grant, its groups' and everyone's, capped by
    /// the role.
    /// Administrators have all rights on all dashboards there are. A dashboard of the server's own is everyone's to edit
    /// until a grant to everyone says something else.
    public Right rightOf(String account, DashboardId dashboard) {
        return table.rightOf(account, dashboard);
    }

    /// The effective right, read anew where it is less than what is wanted: nobody is refused what was granted on another
    /// instance a moment ago. Blocks then.
    ///
    /// @throws StoreException where that fails
    public Right rightOf(String account, DashboardId dashboard, Right wanted) {
        Right known = rightOf(account, dashboard);
        if (known.compareTo(wanted) >= 0) {
            return known;
        }
        refresh();
        return rightOf(account, dashboard);
    }

    /// The role of an account, or null where there is none of this name or it is disabled.
    public @Nullable Role roleOf(String account) {
        Account found = table.account(account);
        return found == null || found.disabled() ? null : found.role();
    }

    /// To be called by those who have changed something: reads it, and tells the other instances.
    ///
    /// @throws StoreException where it cannot be read; the change will be seen by polling
    public void changed() {
        refresh();
        bus.publish(new BusMessage.RightsChanged());
    }

    /// Reads what has changed, if anything has. Blocks. Of those who ask at once one reads for all.
    ///
    /// @throws StoreException where that fails
    public void refresh() {
        if (refreshTable(looks.get())) {
            tell();
        }
    }

    /// The service token. One that is not known yet may have been made on another instance a moment ago, so it is looked
    /// for, but not more often than every so many milliseconds: who makes tokens up must not keep the database busy. A new
    /// one is known by then anyhow, or at the next poll.
    @Nullable
    ServiceToken serviceToken(TokenHash hash) {
        ServiceToken found = table.serviceToken(hash);
        if (found == null && lookAgain()) {
            found = table.serviceToken(hash);
        }
        return found;
    }

    private boolean lookAgain() {
        long now = clock.millis();
        long last = lookedAt.get();
        if (Math.abs(now - last) < LOOK_MILLIS || !lookedAt.compareAndSet(last, now)) {
            return false;
        }
        refresh();
        return true;
    }

    /// @param before looks that had begun when it was asked for: the next one answers
    private synchronized boolean refreshTable(long before) {
        if (answered > before) {
            return false;
        }
        long look = looks.incrementAndGet();
        long asked = clock.millis();
        boolean stale = store.revision() != table.revision();
        if (stale) {
            table = new RightsTable(store.load());
        }
        confirmedAt = asked;
        answered = look;
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
            log.error("Rights cannot be read", e);
        }
    }
}
