package io.watchfloor.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.database.PreparedDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The loads run and find the server right; how fast it is, is another matter.
class LoadTest {

    @Test
    void loads_runAgainstARealServer(@TempDir Path directory) throws Exception {
        PreparedDatabase.in(directory.resolve("data"));
        try (ServerUnderLoad server = new ServerUnderLoad(directory, List.of("-XX:TieredStopAtLevel=1"))) {
            SingleCommits commits = new SingleCommits(server.database());
            assertThat(commits.latencies(1, 5).count()).isEqualTo(5);
            assertThat(commits.perSecond(2, 5)).isPositive();

            Latencies latencies = EditLatency.measure(server, new EditLatency.Load(2, 20, 1, 1));
            assertThat(latencies.count()).isEqualTo(20);

            HotDashboard.Result hot = HotDashboard.measure(server, new HotDashboard.Load(3, 1, 1));
            assertThat(hot.perSecond()).isPositive();
        }
    }
}
