package io.watchfloor.benchmark.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/// The seeds that every build plays. Many more: `io.watchfloor.benchmark.simulation.Main`.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulationTest {

    private static final int SEEDS = 1_000;
    private static final Path SCRIPTS = Path.of("src/test/resources/simulation");

    /// How often things must at least have happened in 1,000 runs, or the runs would prove nothing.
    private static final Map<String, Long> LEAST = Map.ofEntries(
            Map.entry("entries", 10_000L), Map.entry("desktop killed", 200L), Map.entry("instance killed", 300L),
            Map.entry("killed between commit and ack", 50L), Map.entry("killed between commit and broadcast", 50L),
            Map.entry("connection cut", 200L), Map.entry("connection half open", 100L),
            Map.entry("commit of unknown outcome", 200L), Map.entry("store call failed", 300L),
            Map.entry("store call stalled", 300L), Map.entry("bus message lost", 300L),
            Map.entry("bus message doubled", 200L), Map.entry("bus message late", 200L),
            Map.entry("join with a snapshot", 1_000L), Map.entry("join with entries", 300L),
            Map.entry("frame lost", 100L), Map.entry("frame doubled", 100L), Map.entry("push acked again", 20L),
            Map.entry("frame of pushes lost", 50L), Map.entry("refused request SEQUENCE_GAP", 20L),
            Map.entry("push rejected", 500L),
            Map.entry("push logged under other stamps", 300L), Map.entry("step undone", 2_000L),
            Map.entry("step redone", 1_000L), Map.entry("undo all, redo all", 500L),
            Map.entry("edits found in the outbox by a new process", 50L), Map.entry("step COMPACT", 100L),
            Map.entry("word typed", 3_000L), Map.entry("word erased", 100L), Map.entry("typing transformed", 500L));

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Campaign campaign;

    @BeforeAll
    void play(TestReporter reporter) throws InterruptedException {
        int threads = Runtime.getRuntime().availableProcessors();
        long begin = System.nanoTime();
        campaign = Campaign.play(1, SEEDS, threads, (_, _) -> {});
        reporter.publishEntry(SEEDS + " seeds on " + threads + " threads",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
    }

    @Test
    void seeds_SIM2_keepEveryPromise() {
        assertThat(campaign.failures().stream().map(Campaign.Failure::text)).as("scripts that break a promise")
                .isEmpty();
    }

    @Test
    void seeds_SIM3_reallyDoWhatTheyAreFor() {
        LEAST.forEach((what, least) -> assertThat(campaign.tally().of(what)).as(what)
                .isGreaterThanOrEqualTo(least * SEEDS / 1_000));
        for (Verb verb : Verb.values()) {
            assertThat(campaign.tally().of("step " + verb)).as("steps " + verb).isPositive();
        }
    }

    @Test
    void run_SIM1_isTheSameEachTime() {
        for (long seed = 1; seed <= 20; seed++) {
            Run first = World.play(Scripts.of(seed), Parts.SOUND);
            Run second = World.play(Script.parse(Scripts.of(seed).toString()), Parts.SOUND);
            assertThat(second.trace()).as("seed " + seed).isEqualTo(first.trace());
            assertThat(second.tally().toString()).isEqualTo(first.tally().toString());
        }
    }

    @TestFactory
    Stream<DynamicTest> script_SIM6_thatOnceFailedKeepsEveryPromise() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(SCRIPTS)) {
            files = found.filter(file -> file.toString().endsWith(".script")).sorted().toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> {
            Script script = Script.parse(Files.readString(file));
            assertThat(World.play(script, Parts.SOUND).violations()).isEmpty();
        }));
    }
}
