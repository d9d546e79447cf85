package io.watchfloor.benchmark.simulation;

import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// One instance's connection to the others: messages to it can be lost, come twice, late and out of order. Confined to
/// its run's thread.
final class SimulatedBus implements EventBus {

    private static final int LATENCY = 5;
    private static final int LATE = 2_500;

    private final List<SimulatedBus> all;
    private final Lifetime lifetime;
    private final Tally tally;
    private final SplittableRandom random;
    private final Runnable whenPublishing;
    private final List<Consumer<BusMessage>> listeners = new ArrayList<>();
    private final List<Runnable> gapListeners = new ArrayList<>();
    private boolean connected = true;
    private long loses;
    private long doubles;
    private long delays;

    /// @param all connections, this one not yet among them
    /// @param whenPublishing run before each word of a commit is sent
    SimulatedBus(List<SimulatedBus> all, Surroundings surroundings, Lifetime lifetime, SplittableRandom random,
            Runnable whenPublishing) {
        this.all = all;
        this.lifetime = lifetime;
        this.tally = surroundings.tally();
        this.random = random;
        this.whenPublishing = whenPublishing;
        all.add(this);
    }

    void lose(long messages) {
        loses += messages;
    }

    void duplicate(long messages) {
        doubles += messages;
    }

    void delay(long messages) {
        delays += messages;
    }

    void disconnect(long millis) {
        connected = false;
        lifetime.after(millis, this::heal);
    }

    void heal() {
        loses = 0;
        doubles = 0;
        delays = 0;
        if (!connected) {
            connected = true;
            gapListeners.forEach(Runnable::run);
        }
    }

    @Override
    public void publish(BusMessage message) {
        if (message instanceof BusMessage.Committed) {
            whenPublishing.run();
        }
        if (connected && !lifetime.over()) {
            all.forEach(other -> {
                if (other != this) {
                    other.arriving(message);
                }
            });
        } else {
            tally.count("bus message not sent");
        }
    }

    private void arriving(BusMessage message) {
        if (!connected || loses > 0) {
            loses = Math.max(0, loses - 1);
            tally.count("bus message lost");
            return;
        }
        if (doubles > 0) {
            doubles--;
            tally.count("bus message doubled");
            lifetime.after(random.nextInt(LATE), () -> hear(message));
        }
        if (delays > 0) {
            delays--;
            tally.count("bus message late");
            lifetime.after(random.nextInt(LATE), () -> hear(message));
        } else {
            lifetime.after(1 + random.nextInt(LATENCY), () -> hear(message));
        }
    }

    private void hear(BusMessage message) {
        if (connected) {
            listeners.forEach(listener -> listener.accept(message));
        }
    }

    @Override
    public void subscribe(Consumer<BusMessage> listener) {
        listeners.add(listener);
    }

    @Override
    public void onGap(Runnable listener) {
        gapListeners.add(listener);
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public void close() {
        all.remove(this);
    }
}
