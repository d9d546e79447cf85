package io.watchfloor.benchmark.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the protocol alone and prints what came out next to Yjs, which runs before and after in the same minute.
/// Confined to its thread.
public final class ProtocolFigures {

    private ProtocolFigures() {}

    /// What the peer says of one benchmark.
    record Peer(double nanos, double bytes, long state) {

        /// The better one of two runs.
        static Peer better(Peer a, Peer b) {
            return a.nanos < b.nanos ? a : b;
        }
    }

    /// @param args the command that runs the peer; without it nothing is compared
    public static void main(String[] args) throws IOException, RunnerException, InterruptedException {
        List<String> command = List.of(args);
        Map<String, Peer> peers = peers(command);
        Collection<RunResult> results = new Runner(new OptionsBuilder().include("AssignmentBenchmark|TextBenchmark")
                .jvmArgsAppend("-Xms512m", "-Xmx512m").verbosity(VerboseMode.SILENT).shouldFailOnError(true).build())
                .run();
        peers(command).forEach((name, peer) -> peers.merge(name, peer, Peer::better));
        for (RunResult result : results) {
            String benchmark = result.getParams().getBenchmark();
            String name = benchmark.substring(benchmark.lastIndexOf('.') + 1);
            System.out.println(line(name, result.getPrimaryResult().getScore(), peers.get(name)));
        }
        System.out.println(size("number", AssignmentBenchmark.size(false), peers.get("number")));
        System.out.println(size("bounds", AssignmentBenchmark.size(true), peers.get("bounds")));
    }

    private static String line(String name, double nanos, @Nullable Peer peer) {
        return peer == null
                ? String.format(Locale.ROOT, "%-8s %,.0f ns an edit", name, nanos)
                : String.format(Locale.ROOT, "%-8s %,.0f ns an edit; Yjs %,.0f ns: %.1f x faster", name, nanos,
                        peer.nanos(), peer.nanos() / nanos);
    }

    private static String size(String name, AssignmentBenchmark.Size size, @Nullable Peer peer) {
        return String.format(Locale.ROOT,
                "%-8s %.1f bytes an assignment; the document takes %,d bytes after 100,000 sets, %,d after 1,000,000%s",
                name, size.perAssignment(), size.early(), size.late(), peer == null
                        ? ""
                        : String.format(Locale.ROOT, "; Yjs %.1f bytes an assignment, %,d bytes after 200,000 sets",
                                peer.bytes(), peer.state()));
    }

    /// What the peer prints: name, nanoseconds, bytes of an edit, bytes of the document.
    static Map<String, Peer> peers(List<String> command) throws IOException, InterruptedException {
        Map<String, Peer> peers = new HashMap<>();
        if (!command.isEmpty()) {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader lines = process.inputReader()) {
                lines.lines().map(line -> line.split(" ", -1)).forEach(parts -> peers.put(parts[0],
                        new Peer(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
                                Long.parseLong(parts[3]))));
            }
            if (process.waitFor() != 0) {
                throw new IOException("The peer ended with " + process.exitValue() + ".");
            }
        }
        return peers;
    }
}
