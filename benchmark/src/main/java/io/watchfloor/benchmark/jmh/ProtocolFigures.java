package io.watchfloor.benchmark.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the protocol alone and prints what came out next to Yjs. Both take turns, each in a process of its own, twice;
/// of either the best iteration counts, which other work on the machine disturbs least. Confined to its thread.
public final class ProtocolFigures {

    private static final int ROUNDS = 2;

    private ProtocolFigures() {}

    /// What the peer says of one benchmark.
    record Peer(double nanos, double bytes, long early, long late) {}

    /// @param args the command that runs the peer, to which the name of a benchmark is added; without it nothing is
    ///        compared
    public static void main(String[] args) throws IOException, RunnerException, InterruptedException {
        List<String> command = List.of(args);
        Map<String, Peer> peers = new HashMap<>();
        for (String name : List.of("number", "bounds", "type", "scatter")) {
            double best = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                best = Math.min(best, nanos(name));
                Peer peer = peer(command, name);
                if (peer != null) {
                    peers.merge(name, peer, (a, b) -> a.nanos < b.nanos ? a : b);
                }
            }
            System.out.println(line(name, best, peers.get(name)));
        }
        System.out.println(size("number", AssignmentBenchmark.size(false), peers.get("number")));
        System.out.println(size("bounds", AssignmentBenchmark.size(true), peers.get("bounds")));
    }

    private static double nanos(String name) throws RunnerException {
        double best = Double.MAX_VALUE;
        for (RunResult run : new Runner(new OptionsBuilder().include("\\.(Assignment|Text)Benchmark\\." + name + "$")
                .verbosity(VerboseMode.SILENT).shouldFailOnError(true).build()).run()) {
            for (BenchmarkResult fork : run.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    best = Math.min(best, iteration.getPrimaryResult().getScore());
                }
            }
        }
        return best;
    }

    private static String line(String name, double nanos, @Nullable Peer peer) {
        return peer == null
                ? String.format(Locale.ROOT, "%-8s %,.0f ns an edit", name, nanos)
                : String.format(Locale.ROOT, "%-8s %,.0f ns an edit; Yjs %,.0f ns: %.1f x faster", name, nanos,
                        peer.nanos(), peer.nanos() / nanos);
    }

    private static String size(String name, AssignmentBenchmark.Size size, @Nullable Peer peer) {
        String own = String.format(Locale.ROOT,
                "%-8s %.1f bytes an assignment; the document takes %,d bytes after 100,000 sets, %,d after 1,000,000",
                name, size.perAssignment(), size.early(), size.late());
        return peer == null
                ? own
                : own + String.format(Locale.ROOT, "; Yjs %.1f bytes an assignment, %,d and %,d bytes", peer.bytes(),
                        peer.early(), peer.late());
    }

    /// What the peer prints: nanoseconds, bytes of an edit, bytes of the document after 100,000 and 1,000,000 edits.
    static @Nullable Peer peer(List<String> command, String name) throws IOException, InterruptedException {
        if (command.isEmpty()) {
            return null;
        }
        List<String> whole = new ArrayList<>(command);
        whole.add(name);
        Process process = new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line;
        try (BufferedReader lines = process.inputReader()) {
            line = lines.readLine();
        }
        if (process.waitFor() != 0 || line == null) {
            throw new IOException("The peer ended with " + process.exitValue() + " at '" + name + "'.");
        }
        String[] parts = line.split(" ", -1);
        return new Peer(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]),
                Long.parseLong(parts[3]));
    }
}
