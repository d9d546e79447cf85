package io.watchfloor.benchmark.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Plays seeds of the simulation from the command line: many of them on all cores, or one of them with all that happens.
/// Each failing seed is made as small as it can be and printed; with `--keep` it is also written to a file, which
/// becomes a named test in the folder of such files.
///
/// Ends with 0 where all promises were kept, 1 where one was broken, 2 where the command is not understood.
public final class Main {

    private static final String USAGE = """
            usage: --seeds N [--from N] [--threads N] [--keep DIRECTORY]   plays N seeds
                   --seed N [--tell]                                       plays one; --tell prints all that happens
                   --script FILE [--tell]                                  plays what such a file holds""";
    private static final int MOST_NAMED = 20;
    private static final long PROGRESS_SEEDS = 1_000;

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(args));
    }

    private static int run(String[] args) throws IOException, InterruptedException {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < args.length; i++) {
            boolean flag = args[i].equals("--tell");
            if (!args[i].startsWith("--") || (!flag && i + 1 == args.length)) {
                return misunderstood();
            }
            options.put(args[i], flag ? "" : args[++i]);
        }
        try {
            String file = options.get("--script");
            String seed = options.get("--seed");
            String seeds = options.get("--seeds");
            if (file != null) {
                return one(Script.parse(Files.readString(Path.of(file))), options.containsKey("--tell"));
            } else if (seed != null) {
                return one(Scripts.of(Long.parseLong(seed)), options.containsKey("--tell"));
            } else if (seeds != null) {
                String keep = options.get("--keep");
                return many(Long.parseLong(options.getOrDefault("--from", "1")), Long.parseLong(seeds),
                        Integer.parseInt(options.getOrDefault("--threads",
                                String.valueOf(Runtime.getRuntime().availableProcessors()))),
                        keep == null ? null : Path.of(keep));
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        }
        return misunderstood();
    }

    private static int misunderstood() {
        System.err.println(USAGE);
        return 2;
    }

    private static int one(Script script, boolean tell) {
        System.out.print(script);
        Run run = World.play(script, Parts.SOUND, tell ? System.out::println : null);
        System.out.print(run.tally());
        System.out.println("  trace: " + Long.toHexString(run.trace()));
        run.violations().forEach(System.out::println);
        return run.failed() ? 1 : 0;
    }

    private static int many(long from, long seeds, int threads, @Nullable Path keep)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Campaign campaign = Campaign.play(from, seeds, threads, (run, played) -> {
            if (run.failed()) {
                System.err.println("seed " + run.script().seed() + " breaks " + run.violations().getFirst().rule());
            }
            if (played % PROGRESS_SEEDS == 0) {
                System.err.println(played + " seeds played");
            }
        });
        long took = Math.max(1, Duration.ofNanos(System.nanoTime() - begin).toMillis());
        System.out.print(campaign.tally());
        for (Campaign.Failure failure : campaign.failures()) {
            System.out.println(failure.text());
            System.out.println("broken as well by seeds " + failure.seeds().stream().limit(MOST_NAMED).toList());
            if (keep != null) {
                Files.createDirectories(keep);
                Files.writeString(keep.resolve(failure.rule() + "-" + failure.seed() + ".script"), failure.text());
            }
        }
        System.out.printf("%d seeds from %d in %.1f s, %.1f a second; %d failed%n", seeds, from, took / 1e3,
                seeds * 1e3 / took, campaign.failed().size());
        return campaign.failed().isEmpty() ? 0 : 1;
    }
}
