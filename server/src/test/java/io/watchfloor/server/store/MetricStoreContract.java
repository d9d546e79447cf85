package io.watchfloor.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every store of samples promises. Each test uses series of its own, so that they can share a store.
@Timeout(120)
public abstract class MetricStoreContract {

    /// 2026-11-21T23:00 UTC: an hour before midnight, so that tests cross a day.
    protected static final long T = 1_795_302_000_000L;

    protected abstract MetricStore store();

    @Test
    void store_SAM7_givesBackWhatWasWritten() {
        List<NumberedSample> written = store().write(List.of(sample("back", T, 1.5, "host", "a"),
                sample("back", T + 1, Double.NaN, "host", "a"), sample("back", T, -0.0, "host", "b")));

        List<Line> lines = lines("back", T, T + 1);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().key()).isEqualTo(key("back", "host", "a"));
        assertThat(lines.getFirst().times()).containsExactly(T, T + 1);
        assertThat(lines.getFirst().values()).containsExactly(1.5, Double.NaN);
        assertThat(Double.compare(lines.get(1).values()[0], -0.0)).isZero();
        assertThat(written).extracting(NumberedSample::number).containsExactly(lines.getFirst().number(),
                lines.getFirst().number(), lines.get(1).number());
        assertThat(written).extracting(NumberedSample::key).containsExactly(lines.getFirst().key(),
                lines.getFirst().key(), lines.get(1).key());
    }

    @Test
    void store_SAM7_replacesASampleOfTheSameSeriesAndTime() {
        store().write(List.of(sample("again", T, 1), sample("again", T + 5, 1)));
        store().write(List.of(sample("again", T + 9, 4), sample("again", T, 2), sample("again", T, 3)));
        assertThat(only("again").times()).containsExactly(T, T + 5, T + 9);
        assertThat(only("again").values()).containsExactly(3, 1, 4);
    }

    @Test
    void store_SAM7_keepsTheNumberOfASeries() {
        int number = store().write(List.of(sample("number", T, 1))).getFirst().number();
        assertThat(store().write(List.of(sample("number", T + 1, 1), sample("other_number", T, 1))))
                .extracting(NumberedSample::number).first().isEqualTo(number);
        assertThat(only("number").number()).isEqualTo(number);
    }

    @Test
    void store_SAM7_takesSamplesInAnyOrderAndAcrossDays() {
        long hour = 3_600_000;
        store().write(List.of(sample("order", T + 30 * hour, 3), sample("order", T - 50 * hour, 1),
                sample("order", T, 2)));
        assertThat(only("order").values()).containsExactly(1, 2, 3);
    }

    @Test
    void store_SAM7_takesNothing() {
        assertThat(store().write(List.of())).isEmpty();
    }

    @Test
    void store_SAM8_answersByNameAndLabelsOnly() {
        store().write(List.of(sample("by", T, 1, "host", "a", "core", "0"), sample("by", T, 2, "host", "a"),
                sample("by", T, 3, "host", "b", "core", "0"), sample("by_and_by", T, 4, "host", "a")));
        assertThat(values("by")).containsExactly(1.0, 2.0, 3.0);
        assertThat(values("by{host='a'}")).containsExactly(1.0, 2.0);
        assertThat(values("by{host='a',core='0'}")).containsExactly(1.0);
        assertThat(values("by{core=''}")).containsExactly(2.0);
        assertThat(values("by{host='c'}")).isEmpty();
        assertThat(values("b")).isEmpty();
    }

    @Test
    void store_SAM8_comparesLabelsAsTheyAre() {
        String odd = "a=b,c \\ \"quoted\" 'x' {} % _ ü";
        store().write(List.of(sample("odd", T, 1, "l", odd), sample("odd", T, 2, "l", odd + "x"),
                sample("odd", T, 3, "l", "A=B"), sample("odd", T, 4, "lx", "y")));
        assertThat(values(new Selector("odd", Labels.of("l", odd)).toString())).containsExactly(1.0);
        assertThat(values("odd{l='a=b'}")).isEmpty();
        assertThat(values("odd{l=''}")).containsExactly(4.0);
    }

    @Test
    void store_SAM8_keepsALineThatHasNoSampleInTheRange() {
        store().write(List.of(sample("empty", T, 1)));
        assertThat(lines("empty", T + 1, T + 2)).singleElement().satisfies(line -> assertThat(line.times()).isEmpty());
        assertThat(lines("empty", T + 1, T)).singleElement().satisfies(line -> assertThat(line.times()).isEmpty());
    }

    @Test
    void store_SAM8_includesBothEndsOfTheRange() {
        store().write(List.of(sample("ends", T - 1, 0), sample("ends", T, 1), sample("ends", T + 2, 2),
                sample("ends", T + 3, 3)));
        assertThat(lines("ends", T, T + 2).getFirst().values()).containsExactly(1, 2);
        assertThat(lines("ends", 0, Long.MAX_VALUE).getFirst().values()).hasSize(4);
    }

    @Test
    void store_SAM8_saysThatTooManySeriesMatch() {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i <= MetricStore.MAX_LINES; i++) {
            samples.add(sample("many", T, i, "i", Integer.toString(i)));
        }
        store().write(samples);
        assertThatThrownBy(() -> lines("many", T, T)).isInstanceOf(TooManyLinesException.class)
                .hasMessage("More than 1000 series match many. Narrow it with more labels.");
        assertThat(values("many{i='7'}")).containsExactly(7.0);
    }

    @Test
    void store_SAM9_reducesToRealSamplesInRisingOrder() {
        SplittableRandom random = new SplittableRandom(3);
        TreeMap<Long, Double> expected = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            double value = random.nextInt(100);
            expected.put(T + i * 1_000L, value);
            samples.add(sample("reduce", T + i * 1_000L, value));
        }
        expected.put(T + 77_000L, 1_000.0);
        samples.add(sample("reduce", T + 77_000L, 1_000));
        store().write(samples);

        Line line = store().query(Selector.parse("reduce"), T, T + 5_000_000, 100).lines().getFirst();
        assertThat(line.times().length).isBetween(50, 100);
        for (int i = 0; i < line.times().length; i++) {
            assertThat(expected).containsEntry(line.times()[i], line.values()[i]);
            assertThat(i == 0 || line.times()[i] > line.times()[i - 1]).isTrue();
        }
        assertThat(line.values()).contains(1_000.0);
        assertThat(line.times()).contains(T).endsWith(T + 4_999_000);
    }

    @Test
    void store_SAM7_convergesUnderWritersOfTheSameSamples() throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            int writer = w;
            writers.add(Thread.ofVirtual().start(() -> {
                SplittableRandom random = new SplittableRandom(writer);
                for (int round = 0; round < 20; round++) {
                    List<Sample> samples = new ArrayList<>();
                    for (int i = 0; i < 50; i++) {
                        int series = random.nextInt(30);
                        samples.add(sample("race", T + random.nextInt(10), series, "i", Integer.toString(series)));
                    }
                    store().write(samples);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        List<Line> lines = lines("race", T, T + 10);
        assertThat(lines).hasSize(30);
        lines.forEach(line -> {
            assertThat(line.times()).isSorted().doesNotHaveDuplicates().hasSize(10);
            assertThat(line.values()).containsOnly(Double.parseDouble(line.key().labels().get("i")));
        });
    }

    protected static SeriesKey key(String name, String... labels) {
        return new SeriesKey(name, Labels.of(labels));
    }

    protected static Sample sample(String name, long time, double value, String... labels) {
        return new Sample(key(name, labels), time, value);
    }

    protected List<Line> lines(String selector, long from, long to) {
        return store().query(Selector.parse(selector), from, to, 10_000).lines();
    }

    protected Line only(String selector) {
        List<Line> lines = lines(selector, 0, Long.MAX_VALUE);
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private List<Double> values(String selector) {
        return lines(selector, T, T).stream().map(line -> line.values()[0]).toList();
    }
}
