package io.watchfloor.benchmark.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.benchmark.database.PreparedDatabase;
import io.watchfloor.benchmark.signin.SignInTimes.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class SignInTimesTest {

    @TempDir
    Path directory = Path.of("");

    /// A skipped run of Argon2 would make an answer many times faster; finer differences are measured by hand.
    @Test
    void refusals_ACC17_takeAboutAsLongWhateverTheAccount() throws Exception {
        SignInTimes.Report report = SignInTimes.run(PreparedDatabase.in(directory.resolve("data")), 25);
        assertThat(report.millis(Kind.KNOWN, 50)).as("Argon2 was run").isGreaterThan(5);
        for (Kind kind : Kind.values()) {
            assertThat(report.ratio(kind)).as(kind + "\n" + report).isBetween(0.6, 1.6);
        }
    }
}
