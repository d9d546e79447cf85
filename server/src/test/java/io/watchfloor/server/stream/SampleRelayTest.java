package io.watchfloor.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Samples;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.NumberedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SampleRelayTest {

    @Test
    void relay_SAM16_bringsTheSameSamplesToTheOthers() {
        Wire wire = new Wire();
        List<NumberedSample> heard = new ArrayList<>();
        SampleRelay sending = new SampleRelay(wire, _ -> {});
        SampleRelay receiving = new SampleRelay(wire, heard::addAll);
        assertThat(receiving).isNotNull();
        List<NumberedSample> samples = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            SeriesKey key = new SeriesKey("s", Labels.of("i", Integer.toString(i % 7)));
            // times too far apart for one message
            samples.add(new NumberedSample(i % 7, key, i % 100 == 0 ? 5 : 1_000_000_000_000L + i, i));
        }
        sending.accept(samples);
        assertThat(heard).isEqualTo(samples);
        assertThat(wire.messages).hasSizeGreaterThan(3);
    }

    @Test
    void relay_SAM16_leavesOutASampleWithoutItsSeries() {
        Wire wire = new Wire();
        List<NumberedSample> heard = new ArrayList<>();
        SampleRelay receiving = new SampleRelay(wire, heard::addAll);
        assertThat(receiving).isNotNull();
        wire.publish(new BusMessage.Written(List.of(), new Samples(1, new int[]{1}, new int[]{0}, new double[]{2})));
        assertThat(heard).isEmpty();
    }

    /// Hands every message to all listeners.
    private static final class Wire implements EventBus {

        final List<BusMessage> messages = new ArrayList<>();
        private final List<Consumer<BusMessage>> listeners = new ArrayList<>();

        @Override
        public void publish(BusMessage message) {
            messages.add(message);
            listeners.forEach(listener -> listener.accept(message));
        }

        @Override
        public void subscribe(Consumer<BusMessage> listener) {
            listeners.add(listener);
        }

        @Override
        public void onGap(Runnable listener) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void close() {}
    }
}
