package io.watchfloor.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/// Measures a whole server and prints what came out, next to what it is compared with. Confined to its thread.
public final class Figures {

    private Figures() {}

    /// @param args what to measure (`latency`, `hot`; both without arguments), then options of the server's Java
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        List<String> all = List.of(args);
        List<String> options = all.stream().filter(arg -> arg.startsWith("-")).toList();
        List<String> wanted = all.stream().filter(arg -> !arg.startsWith("-")).toList();
        Path directory = Files.createTempDirectory("watchfloor-figures-");
        try (ServerUnderLoad server = new ServerUnderLoad(directory, options)) {
            SingleCommits commits = new SingleCommits(server.database());
            if (wanted.isEmpty() || wanted.contains("latency")) {
                latency(server, commits);
            }
            if (wanted.isEmpty() || wanted.contains("hot")) {
                hot(server, commits);
            }
        }
    }

    private static void latency(ServerUnderLoad server, SingleCommits commits)
            throws SQLException, IOException, InterruptedException {
        Latencies single = commits.latencies(500, 2_000);
        Latencies edits = EditLatency.measure(server,
                new EditLatency.Load(100, Integer.getInteger("rate", 1_000), 5, 15));
        single.add(commits.latencies(500, 2_000));
        say("single commit          " + single);
        say("edit to second client  " + edits);
        say(String.format(Locale.ROOT, "p50: single commit + %.2f ms; p99: %.1f x single commit's",
                edits.millis(50) - single.millis(50), edits.millis(99) / single.millis(99)));
    }

    private static void hot(ServerUnderLoad server, SingleCommits commits)
            throws SQLException, IOException, InterruptedException {
        double before = commits.perSecond(4, 1_000);
        HotDashboard.Result hot = HotDashboard.measure(server,
                new HotDashboard.Load(Integer.getInteger("sessions", 200), 5, 10));
        double single = (before + commits.perSecond(4, 1_000)) / 2;
        say(String.format(Locale.ROOT, "one commit per edit    %,.0f/s", single));
        say(String.format(Locale.ROOT,
                "hot dashboard          %,.0f/s, %.1f x, %.0f edits a commit, %.0f MB/s to the sessions",
                hot.perSecond(), hot.perSecond() / single, hot.perGroup(), hot.megabytes()));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
