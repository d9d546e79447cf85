package io.watchfloor.server.bus;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who listens to one instance's bus. A listener that throws keeps nothing from the others. Thread-safe.
public final class BusListeners {

    private static final Logger LOG = LoggerFactory.getLogger(BusListeners.class);

    private final BusFigures figures;
    private final List<Consumer<BusMessage>> messages = new CopyOnWriteArrayList<>();
    private final List<Runnable> gaps = new CopyOnWriteArrayList<>();

    public BusListeners(BusFigures figures) {
        this.figures = figures;
    }

    public void addForMessages(Consumer<BusMessage> listener) {
        messages.add(listener);
    }

    public void addForGaps(Runnable listener) {
        gaps.add(listener);
    }

    public void message(BusMessage message) {
        figures.received.increment();
        messages.forEach(listener -> guarded(() -> listener.accept(message)));
    }

    public void gap() {
        figures.gaps.increment();
        gaps.forEach(this::guarded);
    }

    private void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            figures.listenerFaults.increment();
            LOG.error("A listener of the event bus failed; the others and later messages are not touched", e);
        }
    }
}
