package io.watchfloor.client.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.FxThread;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.util.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RedrawPulseTest {

    private final AtomicInteger hops = new AtomicInteger();

    @Test
    void manyMarks_areOneHopAndOneRedraw() throws Exception {
        Probe probe = new Probe();
        RedrawPulse pulse = FxThread.call(this::pulse);
        FxThread.run(() -> {
            pulse.register(probe);
            for (int i = 0; i < 100_000; i++) {
                pulse.mark(probe);
            }
            pulse.drain();
            assertThat(hops).hasValue(1);
            assertThat(probe.redraws).hasValue(1);
            pulse.close();
        });
    }

    @Test
    @Timeout(60)
    void mark_fromAnotherThreadIsDrawn() throws Exception {
        Probe probe = new Probe();
        RedrawPulse pulse = FxThread.call(this::pulse);
        FxThread.run(() -> pulse.register(probe));
        await().atMost(Duration.ofSeconds(50)).until(() -> probe.redraws.get() > 0);
        int before = probe.redraws.get();
        pulse.mark(probe);
        await().atMost(Duration.ofSeconds(50)).until(() -> probe.redraws.get() > before);
        FxThread.run(pulse::close);
    }

    @Test
    void hiddenWidget_isDrawnWhenItComesIntoSight() throws Exception {
        Probe probe = new Probe();
        probe.inSight = false;
        FxThread.run(() -> {
            RedrawPulse pulse = pulse();
            pulse.register(probe);
            pulse.drain();
            assertThat(probe.redraws).hasValue(0);
            probe.inSight = true;
            pulse.drain();
            assertThat(probe.redraws).hasValue(1);
            pulse.close();
        });
    }

    /// As when a dashboard is opened and its widgets have no size yet in the first pulse.
    @Test
    @Timeout(60)
    void everythingOutOfSightInOnePulse_isDrawnLaterNevertheless() throws Exception {
        Probe probe = new Probe();
        probe.inSight = false;
        RedrawPulse pulse = FxThread.call(this::pulse);
        FxThread.run(() -> {
            pulse.register(probe);
            pulse.drain();
        });
        await().atMost(Duration.ofSeconds(50)).until(() -> hops.get() > 1);
        probe.inSight = true;
        await().atMost(Duration.ofSeconds(50)).until(() -> probe.redraws.get() > 0);
        FxThread.run(pulse::close);
    }

    @Test
    void unregisteredWidget_isNotDrawn() throws Exception {
        Probe probe = new Probe();
        FxThread.run(() -> {
            RedrawPulse pulse = pulse();
            Subscription registration = pulse.register(probe);
            registration.unsubscribe();
            pulse.mark(probe);
            pulse.drain();
            assertThat(probe.redraws).hasValue(0);
            pulse.close();
        });
    }

    private RedrawPulse pulse() {
        return new RedrawPulse(task -> {
            hops.incrementAndGet();
            Platform.runLater(task);
        });
    }

    private static final class Probe implements Redrawable {

        private final AtomicInteger redraws = new AtomicInteger();
        private volatile boolean inSight = true;

        @Override
        public void redraw() {
            redraws.incrementAndGet();
        }

        @Override
        public boolean isInSight() {
            return inSight;
        }
    }
}
