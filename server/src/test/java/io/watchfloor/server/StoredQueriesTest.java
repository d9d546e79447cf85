package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.host.HostTables;
import io.watchfloor.server.store.memory.InMemoryMetricStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StoredQueriesTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_800_000_000_000L));

    @Test
    void longRange_isReducedToAboutAsManyPointsAsWereAskedFor() throws Exception {
        InMemoryMetricStore store = new InMemoryMetricStore();
        SeriesKey key = new SeriesKey("cpu", Labels.NONE);
        long hour = 3_600_000;
        store.write(LongStream.rangeClosed(0, 3_600).mapToObj(second -> new Sample(key,
                CLOCK.millis() - hour + 1_000 * second, (second * 31) % 97)).toList());
        try (HostTables tables = HostTables.ofThisMachine(CLOCK, _ -> false)) {
            StoredQueries queries = new StoredQueries(store, tables, CLOCK);
            Series series = (Series) queries.answer(Query.promql("cpu"), CLOCK.millis() - hour, 400);
            assertThat(series.lines()).singleElement()
                    .satisfies(line -> assertThat(line.times().length).isBetween(300, 400));
        }
    }
}
