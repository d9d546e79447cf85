package io.watchfloor.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Measures a whole server and prints what came out, next to what it is compared with. Confined to its thread.
public final class Figures {

    private static final int DASHBOARDS = 100;
    private static final int EDITS_PER_SECOND = 1_000;
    private static final int HOT_SESSIONS = 200;

    private Figures() {}

    /// @param args options of the server's Java
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory("watchfloor-figures-");
        try (ServerUnderLoad server = new ServerUnderLoad(directory, List.of(args))) {
            // The database must not be left running where the measurement is broken off.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(server::close));
            SingleCommits commits = new SingleCommits(server.database());
            latency(server, commits, new EditLatency.Load(DASHBOARDS, EDITS_PER_SECOND, 120, 20));
            hot(server, commits, new HotDashboard.Load(HOT_SESSIONS, 20, 15));
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void latency(ServerUnderLoad server, SingleCommits commits, EditLatency.Load load)
            throws SQLException, IOException, InterruptedException {
        Latencies single = commits.latencies(500, 2_000);
        ServerUnderLoad.Cpu before = server.cpu();
        Latencies edits = EditLatency.measure(server, load);
        String cpu = server.cpu().since(before, load.warmUpEdits() + (double) load.perSecond() * load.seconds());
        single.add(commits.latencies(0, 2_000));
        System.out.println("single commit           " + single);
        System.out.println("edit at second client   " + edits);
        System.out.println(String.format(Locale.ROOT,
                "                        p50 is a single commit's + %.2f ms, p99 is %.1f times a single commit's",
                edits.millis(50) - single.millis(50), edits.millis(99) / single.millis(99)));
        System.out.println("                        processor time, with warming up: " + cpu);
    }

    static void hot(ServerUnderLoad server, SingleCommits commits, HotDashboard.Load load)
            throws SQLException, IOException, InterruptedException {
        double before = commits.perSecond(4, 1_000);
        HotDashboard.Result hot = HotDashboard.measure(server, load);
        double single = (before + commits.perSecond(4, 1_000)) / 2;
        System.out.println(String.format(Locale.ROOT, "one commit for an edit  %,.0f/s", single));
        System.out.println(String.format(Locale.ROOT,
                "one hot dashboard       %,.0f/s, %.1f times that; %,.0f edits in a commit, %,.0f MB/s to the sessions",
                hot.perSecond(), hot.perSecond() / single, hot.perGroup(), hot.megabytes()));
        System.out.println("                        processor time: " + hot.cpu());
    }
}
