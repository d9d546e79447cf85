package io.watchfloor.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.NumberedSample;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.memory.InMemoryMetricStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SampleWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Gate store = new Gate();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final SampleWriter writer = new SampleWriter(store, new WriterFigures(registry), 100);

    @AfterEach
    void close() {
        store.open();
        writer.close();
    }

    @Test
    void writer_SAM12_gathersWhatComesWhileABatchIsBeingStored() {
        List<CompletableFuture<Void>> written = new ArrayList<>();
        written.add(offer(1));
        await().atMost(PATIENCE).until(() -> writer.queued() == 0);
        for (int i = 0; i < 9; i++) {
            written.add(offer(10));
        }
        store.open();
        written.forEach(CompletableFuture::join);
        assertThat(store.batches).containsExactly(1, 90);
        assertThat(registry.get("watchfloor.samples.written").counter().count()).isEqualTo(91);
    }

    @Test
    void writer_SAM12_takesNoMoreThanItsQueueHolds() {
        var _ = offer(1);
        await().atMost(PATIENCE).until(() -> writer.queued() == 0);
        var _ = offer(60);
        var _ = offer(40);
        assertThat(writer.offer(samples(1), Duration.ZERO)).isNull();
        assertThat(writer.offer(samples(1), Duration.ofMillis(20))).isNull();
        assertThat(registry.get("watchfloor.samples.rejected").counter().count()).isEqualTo(2);
        store.open();
        assertThat(writer.offer(samples(1), PATIENCE)).isNotNull();
    }

    @Test
    void writer_SAM12_takesMoreThanTheQueueHoldsOnlyWhenItIsEmpty() {
        store.open();
        offer(1_000).join();
        assertThat(store.batches).containsExactly(1_000);
    }

    @Test
    void writer_SAM12_tellsListenersAfterSamplesAreDurableAndInOrder() {
        List<NumberedSample> told = Collections.synchronizedList(new ArrayList<>());
        writer.onWritten(batch -> {
            throw new IllegalStateException("a listener's bug");
        });
        writer.onWritten(batch -> {
            assertThat(store.inner.query(new Selector("s", Labels.NONE), 0, 1_000, 10_000).lines()).isNotEmpty();
            told.addAll(batch);
        });
        store.open();
        var _ = offer(50);
        offer(30).join();
        await().atMost(PATIENCE).until(() -> told.size() == 80);
        assertThat(told).extracting(NumberedSample::time).startsWith(0L, 1L, 2L).endsWith(28L, 29L);
    }

    @Test
    void writer_SAM12_tellsWhoOfferedThatTheDatabaseDidNotTakeItAndGoesOn() {
        store.open();
        store.broken = true;
        CompletableFuture<Void> lost = offer(5);
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(StoreException.class);
        assertThat(registry.get("watchfloor.samples.failed").counter().count()).isEqualTo(5);
        store.broken = false;
        assertThat(offer(1)).succeedsWithin(PATIENCE);
    }

    @Test
    void writer_SAM12_writesWhatWaitsBeforeItCloses() {
        CompletableFuture<Void> first = offer(10);
        await().atMost(PATIENCE).until(() -> writer.queued() == 0);
        CompletableFuture<Void> waiting = offer(20);
        Thread closing = Thread.ofVirtual().start(writer::close);
        await().atMost(PATIENCE).until(() -> writer.offer(samples(1), Duration.ZERO) == null);
        store.open();
        assertThat(first).succeedsWithin(PATIENCE);
        assertThat(waiting).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE).until(() -> !closing.isAlive());
    }

    private CompletableFuture<Void> offer(int count) {
        CompletableFuture<Void> written = writer.offer(samples(count), Duration.ZERO);
        if (written == null) {
            throw new AssertionError("the writer did not take " + count + " samples");
        }
        return written;
    }

    private static List<Sample> samples(int count) {
        SeriesKey key = new SeriesKey("s", Labels.NONE);
        return IntStream.range(0, count).mapToObj(i -> new Sample(key, i, i)).toList();
    }

    /// A store that lets nothing through until it is opened.
    private static final class Gate implements MetricStore {

        final InMemoryMetricStore inner = new InMemoryMetricStore();
        final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
        volatile boolean broken;
        private final Semaphore gate = new Semaphore(0);

        void open() {
            gate.release(1_000_000);
        }

        @Override
        public List<NumberedSample> write(List<Sample> samples) {
            gate.acquireUninterruptibly();
            if (broken) {
                throw new StoreException("The database is away.", new IOException());
            }
            batches.add(samples.size());
            return inner.write(samples);
        }

        @Override
        public Series query(Selector selector, long from, long to, int points) {
            return inner.query(selector, from, to, points);
        }
    }
}
