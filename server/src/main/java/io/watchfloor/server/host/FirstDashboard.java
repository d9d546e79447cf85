package io.watchfloor.server.host;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.sample.Sample;
import io.watchfloor.server.host.Sampling.Identity;
import io.watchfloor.server.host.ThisMachine.Told;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.MilestoneStore;
import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/// Makes the dashboard "This machine" at the first start of a database, and never again: not when it was deleted, and not
/// twice when two instances start at once. Its id is the same everywhere, so that the store itself lets only one through.
/// Thread-safe.
public final class FirstDashboard {

    /// The same in every database.
    public static final DashboardId ID = new DashboardId(UUID.fromString("01900000-0000-7000-8000-746869736d61"));

    private static final String MILESTONE = "first-dashboard";
    private static final Duration LOOK = Duration.ofMillis(300);
    private static final String AUTHOR = "watchfloor";

    private final DashboardStore dashboards;
    private final MilestoneStore milestones;
    private final InstantSource clock;
    private final RandomGenerator random;

    public FirstDashboard(DashboardStore dashboards, MilestoneStore milestones, InstantSource clock,
            RandomGenerator random) {
        this.dashboards = dashboards;
        this.milestones = milestones;
        this.clock = clock;
        this.random = random;
    }

    /// Makes it if it was never made. Blocks until that is durable.
    ///
    /// @param identity labels of the series it shows
    /// @param kept keeps its creation together with the record of it, or throws and keeps neither
    /// @return whether it was made by this call
    /// @throws StoreException where the database does not answer
    public boolean ensure(Identity identity, Keeping kept) {
        if (milestones.reached(MILESTONE)) {
            return false;
        }
        boolean made = create(identity, kept);
        milestones.reach(MILESTONE);
        return made;
    }

    /// Keeps what a step makes.
    @FunctionalInterface
    public interface Keeping {

        void keep(Runnable step);
    }

    private boolean create(Identity identity, Keeping kept) {
        long now = clock.millis();
        Entry entry = new Entry(1, 0, 1, AUTHOR, now,
                ThisMachine.draw(identity, told(identity.host()), now, random));
        try {
            kept.keep(() -> dashboards.create(ID, ThisMachine.TITLE, null, List.of(entry)).toCompletableFuture()
                    .join());
            return true;
        } catch (CompletionException fault) {
            if (exists()) {
                return false;
            }
            throw fault.getCause() instanceof StoreException store ? store : fault;
        }
    }

    /// Looks twice, as rates need.
    private static Told told(String host) {
        try {
            OshiMachine machine = new OshiMachine();
            HostSampler sampler = new HostSampler(machine, host);
            sampler.sample(0);
            LockSupport.parkNanos(LOOK.toNanos());
            return new Told(sampler.sample(1).stream().map(Sample::series).toList(), !machine.processes().isEmpty());
        } catch (RuntimeException | LinkageError odd) {
            return new Told(List.of(), false);
        }
    }

    private boolean exists() {
        try {
            return dashboards.load(ID).toCompletableFuture().join() != null;
        } catch (CompletionException fault) {
            throw fault.getCause() instanceof StoreException store ? store : fault;
        }
    }
}
