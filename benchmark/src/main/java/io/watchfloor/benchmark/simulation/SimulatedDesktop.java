package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.Timer;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.client.sync.transport.Transport.Listener;
import io.watchfloor.document.ReplicaId;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A desktop without windows: the real synchronisation and model on a simulated process, clock, disk and network. It can
/// be killed and started again. Confined to its run's thread.
final class SimulatedDesktop {

    private static final URI SERVER = URI.create("http://simulated");
    private static final int DISK_LATENCY = 50;
    private static final long HANGING = 20_000;
    private static final long TOKEN_MILLIS = 120_000;

    private final Surroundings surroundings;
    private final List<SimulatedInstance> instances;
    private final Ledger ledger;
    private final String account;
    private final SplittableRandom random;
    private final InMemoryOutbox.Disk disk = new InMemoryOutbox.Disk();
    private final List<Cable> cables = new ArrayList<>();
    private long clockOffset;
    private long offlineUntil;
    private long diskFree;
    private Lifetime lifetime;
    private @Nullable Connection connection;
    private @Nullable DashboardModel model;

    SimulatedDesktop(Surroundings surroundings, List<SimulatedInstance> instances, Ledger ledger, String account) {
        this.surroundings = surroundings;
        this.instances = instances;
        this.ledger = ledger;
        this.account = account;
        this.random = surroundings.random().split();
        lifetime = new Lifetime(surroundings.scheduler());
        clockOffset = random.nextInt(3) == 0 ? random.nextLong(-3_600_000, 3_600_000) : random.nextLong(-200, 200);
    }

    String account() {
        return account;
    }

    Ledger ledger() {
        return ledger;
    }

    /// Null while it is not running.
    @Nullable
    DashboardModel model() {
        return lifetime.over() ? null : model;
    }

    boolean online() {
        Connection known = connection;
        return !lifetime.over() && known != null && known.state() instanceof ConnectionState.Online;
    }

    String state() {
        Connection known = connection;
        DashboardModel shown = model;
        return account + (lifetime.over() ? " is not running" : " runs") + ", "
                + (known == null ? "" : known.state()) + ", "
                + (shown == null
                        ? ""
                        : "joined " + shown.joined() + ", right " + shown.right() + ", unsent " + shown.unsent()
                                + ", revision " + shown.replica().revision() + ", " + shown.unavailable());
    }

    private long now() {
        return surroundings.scheduler().now();
    }

    void start() {
        lifetime = new Lifetime(surroundings.scheduler());
        diskFree = now();
        InMemoryOutbox outbox = new InMemoryOutbox(disk, new ReplicaId(new UUID(random.nextLong(),
                random.nextLong())), diskOf(lifetime));
        Connection made = new Connection(SERVER, surroundings.parts().network(new Network()), new Tokens(),
                ledger.opened(surroundings.parts().outbox(outbox)),
                new io.watchfloor.client.sync.Surroundings(lifetime, timerOf(lifetime), new Clock(), random.split()));
        connection = made;
        DashboardModel opened = DashboardModel.open(made, Database.DASHBOARD, random.split());
        opened.listen(new ModelListener() {

            @Override
            public void rejected(MergeReport.Item lost) {
                ledger.told(lost);
            }

            @Override
            public void merged(MergeReport report) {
                ledger.told(report);
            }

            @Override
            public void notice(String sentence) {
                surroundings.tally().count("notice: " + sentence.replaceAll("\\d+", "#"));
            }
        });
        model = opened;
        made.start();
    }

    private Executor diskOf(Lifetime process) {
        return task -> {
            diskFree = Math.max(diskFree, now() + random.nextInt(DISK_LATENCY));
            process.after(diskFree - now(), task);
        };
    }

    private static Timer timerOf(Lifetime process) {
        return (millis, task) -> {
            boolean[] cancelled = new boolean[1];
            process.after(millis, () -> {
                if (!cancelled[0]) {
                    task.run();
                }
            });
            return () -> cancelled[0] = true;
        };
    }

    /// Does something with the open dashboard, when the desktop runs and is not paused.
    void act(Consumer<DashboardModel> action) {
        Lifetime process = lifetime;
        process.execute(() -> {
            DashboardModel known = model;
            if (known != null) {
                action.accept(known);
            }
        });
    }

    /// Restores an earlier revision, where there is a network.
    void restore(long choice) {
        if (online()) {
            instances.get(random.nextInt(instances.size())).restore(account, choice);
        }
    }

    /// Does something later, if the same process still runs.
    void actLater(long millis, Runnable action) {
        lifetime.after(millis, action);
    }

    void kill(long millis) {
        if (!lifetime.over()) {
            surroundings.tally().count("desktop killed");
            lifetime.end();
            cables.forEach(Cable::desktopKilled);
            cables.clear();
            surroundings.scheduler().after(millis, this::startAgain);
        }
    }

    /// Starts it where it is not running.
    void startAgain() {
        if (lifetime.over()) {
            start();
        }
    }

    void pause(long millis) {
        lifetime.pause(millis);
    }

    void turnClock(long millis) {
        clockOffset += millis;
    }

    void slowDisk(long millis) {
        diskFree = Math.max(diskFree, now() + millis);
    }

    void goOffline(long millis) {
        offlineUntil = Math.max(offlineUntil, now() + millis);
        cut();
    }

    void cut() {
        cables.stream().filter(Cable::open).forEach(cable -> {
            surroundings.tally().count("connection cut");
            cable.reset();
        });
        cables.clear();
    }

    void halfOpen(boolean up, boolean down) {
        cables.stream().filter(Cable::open).forEach(cable -> {
            surroundings.tally().count("connection half open");
            cable.deafen(up, down);
        });
    }

    void readNothing(long millis) {
        cables.forEach(cable -> cable.hold(millis));
    }

    void loseFrames(long frames) {
        cables.forEach(cable -> cable.lose(frames));
    }

    void losePushes(long frames) {
        cables.forEach(cable -> cable.losePushes(frames));
    }

    void doubleFrames(long frames) {
        cables.forEach(cable -> cable.deliverTwice(frames));
    }

    void instanceKilled(SimulatedInstance instance) {
        cables.stream().filter(cable -> cable.isTo(instance)).forEach(Cable::serverKilled);
    }

    void heal() {
        offlineUntil = 0;
        loseFrames(0);
        losePushes(0);
        doubleFrames(0);
        startAgain();
    }

    private final class Network implements Transport {

        private final Lifetime process = lifetime;

        @Override
        public Link open(URI server, String token, Listener listener) {
            surroundings.tally().count("connection attempted");
            SimulatedInstance instance = instances.get(random.nextInt(instances.size()));
            Cable cable = new Cable(surroundings, process, instance, listener, account, random.split());
            cables.removeIf(old -> !old.open());
            cables.add(cable);
            if (now() < offlineUntil) {
                cable.deafen(true, true);
                boolean hangs = random.nextInt(4) == 0;
                process.after(hangs ? HANGING : 5, () -> listener.ended(new Ending.Unreachable("No network.")));
            } else {
                cable.connect(token);
            }
            return cable.new DesktopEnd();
        }

        @Override
        public void close() {
            // connections end one by one
        }
    }

    private final class Tokens implements Credentials {

        @Override
        public CompletableFuture<Answer> accessToken(boolean renewed) {
            return CompletableFuture.completedFuture(new Answer.Token(account, now() + TOKEN_MILLIS));
        }
    }

    private final class Clock implements Time {

        private final long started = now();

        @Override
        public long wall() {
            return now() + clockOffset;
        }

        @Override
        public long monotonic() {
            return now() - started + 1;
        }
    }
}
