package io.watchfloor.benchmark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;

/// Many seeds, played side by side.
///
/// @param tally of all runs
/// @param failed the runs that broke a promise, by seed
///
/// Immutable but for the tally.
record Campaign(long seeds, Tally tally, List<Run> failed) {

    private static final int MINIMISING_RUNS = 400;
    private static final int SLICES_PER_THREAD = 8;

    Campaign {
        failed = List.copyOf(failed);
    }

    /// @param progress takes each run and the number of seeds that were played, on any thread
    static Campaign play(long from, long seeds, int threads, ObjLongConsumer<Run> progress)
            throws InterruptedException {
        Tally tally = new Tally();
        List<Run> failed = new ArrayList<>();
        AtomicLong played = new AtomicLong();
        long slice = Math.clamp(seeds / ((long) threads * SLICES_PER_THREAD), 1, 500);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<Campaign>> slices = LongStream
                    .iterate(from, first -> first < from + seeds, first -> first + slice)
                    .mapToObj(first -> workers.submit(() -> play(first, Math.min(slice, from + seeds - first),
                            run -> progress.accept(run, played.incrementAndGet()))))
                    .toList();
            for (Future<Campaign> done : slices) {
                tally.add(done.get().tally());
                failed.addAll(done.get().failed());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run ended with a fault", e);
        }
        return new Campaign(seeds, tally, failed);
    }

    private static Campaign play(long from, long seeds, Consumer<Run> progress) {
        Tally tally = new Tally();
        List<Run> failed = new ArrayList<>();
        for (long seed = from; seed < from + seeds; seed++) {
            Run run = World.play(Scripts.of(seed), Parts.SOUND);
            tally.add(run.tally());
            if (run.failed()) {
                failed.add(run);
            }
            progress.accept(run);
        }
        return new Campaign(seeds, tally, failed);
    }

    /// One kind of failure.
    ///
    /// @param text the promise that is broken, and a script that breaks it, as small as could be
    /// @param seeds all that break it
    record Failure(String rule, long seed, String text, List<Long> seeds) {}

    /// The failures by kind, each with its first script made small.
    List<Failure> failures() {
        Map<String, List<Run>> byRule = new TreeMap<>();
        failed.forEach(run -> byRule.computeIfAbsent(run.violations().getFirst().rule(), _ -> new ArrayList<>())
                .add(run));
        List<Failure> failures = new ArrayList<>();
        byRule.forEach((rule, runs) -> {
            Script small = Minimiser.minimise(runs.getFirst().script(), rule,
                    script -> World.play(script, Parts.SOUND), MINIMISING_RUNS);
            String seen = World.play(small, Parts.SOUND).violations().getFirst().text().lines().findFirst().orElse("");
            failures.add(new Failure(rule, small.seed(), "# " + rule + ": " + seen + "\n" + small,
                    runs.stream().map(run -> run.script().seed()).toList()));
        });
        return failures;
    }
}
