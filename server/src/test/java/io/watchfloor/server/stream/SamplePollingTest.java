package io.watchfloor.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.memory.InMemoryMetricStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SamplePollingTest {

    private static final SeriesKey LOAD = new SeriesKey("load", Labels.of());
    private static final SeriesKey OTHER = new SeriesKey("other", Labels.of());

    private final Doorbell bus = new Doorbell();
    private final Store store = new Store();
    private final List<NumberedSample> live = new ArrayList<>();
    private long now = 1_000_000;
    private final SamplePolling polling = new SamplePolling(bus, store, () -> Instant.ofEpochMilli(now),
            () -> List.of(Selector.parse("load")), live::addAll);

    private void stored(SeriesKey series, long time) {
        store.write(List.of(new Sample(series, time, time)));
    }

    private List<Long> polled() {
        live.clear();
        now += 1_000;
        polling.poll();
        return live.stream().map(NumberedSample::time).toList();
    }

    @Test
    void polling_SAM16_readsWhatIsWanted_onlyWhileTheBusIsGone_andOnceWhenItIsBack() {
        stored(LOAD, now);
        assertThat(polled()).isEmpty();
        assertThat(store.queries).isZero();
        bus.connected = false;
        long first = now;
        stored(LOAD, first);
        stored(OTHER, first);
        assertThat(polled()).contains(first);
        assertThat(live).allMatch(sample -> sample.key().equals(LOAD));
        assertThat(polled()).as("again").isEmpty();
        for (int i = 0; i < 100; i++) {
            stored(LOAD, now);
            assertThat(polled()).containsExactly(now - 1_000);
        }
        stored(LOAD, now);
        bus.connected = true;
        bus.gap.run();
        assertThat(polled()).containsExactly(now - 1_000);
        stored(LOAD, now);
        int queries = store.queries;
        assertThat(polled()).isEmpty();
        assertThat(store.queries).isEqualTo(queries);
    }

    @Test
    void polling_SAM16_readsAllThatItMissedWhileTheStoreWasGone() {
        assertThat(polled()).isEmpty();
        bus.connected = false;
        stored(LOAD, now);
        assertThat(polled()).hasSize(1);
        store.gone = true;
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            times.add(now);
            stored(LOAD, now);
            assertThatThrownBy(this::polled).isInstanceOf(StoreException.class);
        }
        store.gone = false;
        bus.connected = true;
        assertThat(polled()).containsExactlyElementsOf(times.subList(0, 60));
    }

    private static final class Store implements MetricStore {

        private final InMemoryMetricStore store = new InMemoryMetricStore();
        int queries;
        boolean gone;

        @Override
        public List<NumberedSample> write(List<Sample> samples) {
            return store.write(samples);
        }

        @Override
        public Series query(Selector selector, long from, long to, int points) {
            queries++;
            if (gone) {
                throw new StoreException("The database is gone.");
            }
            return store.query(selector, from, to, points);
        }
    }

    private static final class Doorbell implements EventBus {

        boolean connected = true;
        Runnable gap = () -> {};

        @Override
        public void publish(BusMessage message) {}

        @Override
        public void subscribe(Consumer<BusMessage> listener) {}

        @Override
        public void onGap(Runnable listener) {
            gap = listener;
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public void close() {}
    }
}
