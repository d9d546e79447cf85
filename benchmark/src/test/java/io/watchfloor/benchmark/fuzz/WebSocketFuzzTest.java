package io.watchfloor.benchmark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.database.PreparedDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class WebSocketFuzzTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void wrongFrames_LIM30_crashNothingLeaveNothingAndChangeNothing() throws Exception {
        WebSocketFuzz.Report report = WebSocketFuzz.run(PreparedDatabase.in(directory.resolve("data")), 6_000,
                20_261_122);
        assertThat(report.wrong()).as(report.toString()).isEmpty();
        assertThat(report.frames()).isGreaterThanOrEqualTo(6_000);
        assertThat(report.closeCodes()).as("it met what it was to meet").containsKeys(1000, 1002, 1007, 4500, 4501);
    }
}
