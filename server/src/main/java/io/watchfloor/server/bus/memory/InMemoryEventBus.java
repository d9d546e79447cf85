package io.watchfloor.server.bus.memory;

import io.watchfloor.server.bus.BusFigures;
import io.watchfloor.server.bus.BusListeners;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// One instance's connection to a hub within the process: for a single server, and for tests with several. Nothing is
/// lost. Thread-safe.
public final class InMemoryEventBus implements EventBus {

    /// Connects instances. Each delivery to one instance is one step on the executor, in the order of publishing.
    /// Thread-safe.
    public static final class Hub {

        private final Executor executor;
        private final List<InMemoryEventBus> connected = new CopyOnWriteArrayList<>();

        public Hub(Executor executor) {
            this.executor = executor;
        }

        /// Connects one more instance.
        public InMemoryEventBus connect() {
            InMemoryEventBus bus = new InMemoryEventBus(this);
            connected.add(bus);
            return bus;
        }

        private void deliver(InMemoryEventBus from, BusMessage message) {
            for (InMemoryEventBus to : connected) {
                if (to != from) {
                    executor.execute(() -> to.hear(message));
                }
            }
        }
    }

    private final Hub hub;
    private final BusFigures figures = new BusFigures();
    private final BusListeners listeners = new BusListeners(figures);

    private InMemoryEventBus(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void publish(BusMessage message) {
        if (isConnected()) {
            figures.sent.increment();
            hub.deliver(this, message);
        } else {
            figures.dropped.increment();
        }
    }

    @Override
    public void subscribe(Consumer<BusMessage> listener) {
        listeners.addForMessages(listener);
    }

    @Override
    public void onGap(Runnable listener) {
        listeners.addForGaps(listener);
    }

    @Override
    public boolean isConnected() {
        return hub.connected.contains(this);
    }

    public BusFigures figures() {
        return figures;
    }

    @Override
    public void close() {
        hub.connected.remove(this);
    }

    private void hear(BusMessage message) {
        if (isConnected()) {
            listeners.message(message);
        }
    }
}
