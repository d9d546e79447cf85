package io.watchfloor.client.widget.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SampleRingTest {

    @Test
    void ring_holdsTheNewestSamplesInOrderWhateverOrderTheyComeIn() {
        for (long seed = 0; seed < 400; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int capacity = random.nextInt(1, 700);
            SampleRing ring = new SampleRing(capacity);
            TreeMap<Long, Double> model = new TreeMap<>();
            int span = random.nextInt(1, 3_000);
            for (int i = 0; i < 2_000; i++) {
                long time = random.nextInt(4) == 0 ? random.nextInt(span) : i;
                double value = random.nextInt(20) == 0 ? Double.NaN : random.nextDouble();
                ring.put(time, value);
                model.put(time, value);
                if (model.size() > capacity) {
                    model.pollFirstEntry();
                }
            }
            assertHolds(ring, model, "seed " + seed);
        }
    }

    @Test
    void ring_replacedByHistoryGoesOnWithWhatFollows() {
        SampleRing ring = new SampleRing(300);
        ring.put(5_000, 1);
        long[] times = new long[1_000];
        double[] values = new double[1_000];
        TreeMap<Long, Double> model = new TreeMap<>();
        for (int i = 0; i < times.length; i++) {
            times[i] = i;
            values[i] = i * 2;
            model.put((long) i, i * 2.0);
        }
        ring.replace(times, values);
        ring.put(1_000, 7);
        model.put(1_000L, 7.0);
        while (model.size() > 300) {
            model.pollFirstEntry();
        }
        assertHolds(ring, model, "history");
        assertThat(ring.lastTime()).isEqualTo(1_000);
        assertThat(ring.lastValue()).isEqualTo(7);
    }

    @Test
    void copy_takesTheStretchAndOneNeighbourOnEitherSide() {
        SampleRing ring = new SampleRing(10);
        for (int i = 0; i < 20; i++) {
            ring.put(i * 10L, i);
        }
        SampleWindow window = new SampleWindow();
        ring.copy(125, 150, window);
        assertThat(window.size()).isEqualTo(5);
        assertThat(window.time(0)).isEqualTo(120);
        assertThat(window.time(4)).isEqualTo(160);
        ring.copy(900, 1_000, window);
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void empty_ringHasNoValue() {
        SampleRing ring = new SampleRing(3);
        assertThat(ring.lastValue()).isNaN();
        assertThat(ring.lastTime()).isEqualTo(Long.MIN_VALUE);
        SampleWindow window = new SampleWindow();
        ring.copy(Long.MIN_VALUE, Long.MAX_VALUE, window);
        assertThat(window.size()).isZero();
    }

    @Test
    @Timeout(60)
    void reader_seesWholeStretchesWhileAWriterWrites() throws InterruptedException {
        SampleRing ring = new SampleRing(1_000);
        boolean whole = true;
        Thread writer = Thread.ofPlatform().start(() -> {
            for (long i = 0; i < 400_000; i++) {
                ring.put(i, (double) i);
            }
        });
        SampleWindow window = new SampleWindow();
        while (writer.isAlive()) {
            ring.copy(Long.MIN_VALUE, Long.MAX_VALUE, window);
            for (int i = 0; i < window.size(); i++) {
                whole &= window.value(i) == window.time(i);
                whole &= i == 0 || window.time(i) == window.time(i - 1) + 1;
            }
        }
        writer.join();
        assertThat(whole).isTrue();
    }

    @Test
    void nearest_leavesGapsOut() {
        SampleRing ring = new SampleRing(10);
        ring.put(100, 1);
        ring.put(200, Double.NaN);
        ring.put(300, 3);
        SampleWindow window = new SampleWindow();
        ring.copy(0, 1_000, window);
        assertThat(window.nearest(190, 500)).isEqualTo(0);
        assertThat(window.nearest(210, 500)).isEqualTo(2);
        assertThat(window.nearest(200, 20)).isEqualTo(-1);
    }

    private static void assertHolds(SampleRing ring, Map<Long, Double> model, String about) {
        SampleWindow window = new SampleWindow();
        ring.copy(Long.MIN_VALUE, Long.MAX_VALUE, window);
        assertThat(window.size()).as(about).isEqualTo(model.size());
        int i = 0;
        for (Map.Entry<Long, Double> entry : model.entrySet()) {
            assertThat(window.time(i)).as(about).isEqualTo(entry.getKey());
            assertThat(window.value(i)).as(about).isEqualTo(entry.getValue());
            i++;
        }
    }
}
