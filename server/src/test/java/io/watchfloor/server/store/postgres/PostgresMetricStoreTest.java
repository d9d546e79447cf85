package io.watchfloor.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.sample.Sample;
import io.watchfloor.server.store.MetricStore;
import io.watchfloor.server.store.MetricStoreContract;
import io.watchfloor.server.store.MilestoneStore;
import io.watchfloor.server.store.NumberedSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresMetricStoreTest extends MetricStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private PostgresMetricStore store;

    @BeforeEach
    void open() {
        store = new PostgresMetricStore(DATABASE.database());
    }

    @Override
    protected MetricStore store() {
        return store;
    }

    @Test
    void store_SAM7_givesASeriesOneNumberOnAllInstances() {
        PostgresMetricStore other = new PostgresMetricStore(DATABASE.openAnother());
        List<Sample> samples = IntStream.range(0, 300)
                .mapToObj(i -> sample("shared", T, i, "i", Integer.toString(i % 150))).toList();
        var there = CompletableFuture.supplyAsync(() -> other.write(samples.reversed()));
        List<NumberedSample> here = store.write(samples);
        assertThat(there.join().reversed()).isEqualTo(here);
        assertThat(lines("shared", T, T)).hasSize(150);
    }

    @Test
    void store_SAM11_dropsWholeDaysThatAreTooOldAndMakesTheNextOnesAhead() {
        Instant now = Instant.ofEpochMilli(T);
        store.write(List.of(sample("aged", T - Duration.ofDays(12).toMillis(), 1),
                sample("aged", T - Duration.ofDays(8).toMillis(), 2), sample("aged", T, 3)));
        store.upkeep(now, Duration.ofDays(10));
        assertThat(only("aged").values()).containsExactly(2, 3);
        assertThat(partitions()).contains("samples_20261113", "samples_20261121", "samples_20261122",
                "samples_20261123").doesNotContain("samples_20261109");
        store.upkeep(now, Duration.ofDays(10));
        assertThat(only("aged").values()).containsExactly(2, 3);
    }

    @Test
    void store_SAM11_writesOnWhereAnotherInstanceDroppedTheDay() {
        long old = T - Duration.ofDays(40).toMillis();
        store.write(List.of(sample("gone", old, 1)));
        new PostgresMetricStore(DATABASE.openAnother()).upkeep(Instant.ofEpochMilli(T), Duration.ofDays(20));
        assertThat(only("gone").values()).isEmpty();
        store.write(List.of(sample("gone", old, 2)));
        assertThat(only("gone").values()).containsExactly(2);
    }

    @Test
    void store_SAM11_leavesPartitionsOfOthersAlone() {
        TestDatabase.execute(DATABASE.owner(),
                "CREATE TABLE samples_old PARTITION OF samples FOR VALUES FROM (0) TO (1000)");
        store.upkeep(Instant.ofEpochMilli(T), Duration.ofDays(400));
        assertThat(partitions()).contains("samples_old");
    }

    @Test
    void store_SAM11_makesADayOnceHoweverManyWantIt() {
        List<CompletableFuture<List<NumberedSample>>> writes = IntStream.range(0, 6).mapToObj(i -> {
            PostgresMetricStore other = new PostgresMetricStore(DATABASE.database());
            return CompletableFuture.supplyAsync(() -> other
                    .write(List.of(sample("once", T + Duration.ofDays(50).toMillis() + i, i))));
        }).toList();
        writes.forEach(CompletableFuture::join);
        assertThat(only("once").values()).hasSize(6);
    }

    @Test
    void milestone_isReachedForEver() {
        MilestoneStore milestones = new PostgresMilestoneStore(DATABASE.database());
        assertThat(milestones.reached("m")).isFalse();
        milestones.reach("m");
        milestones.reach("m");
        assertThat(new PostgresMilestoneStore(DATABASE.openAnother()).reached("m")).isTrue();
        assertThat(milestones.reached("n")).isFalse();
    }

    private static List<String> partitions() {
        return DATABASE.database().run(handle -> handle
                .createQuery("SELECT relid::regclass::text FROM pg_partition_tree('samples') WHERE isleaf")
                .mapTo(String.class).list());
    }
}
