package io.watchfloor.benchmark.fuzz;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.limit.LimitSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run of frame fuzz against a whole server, and what it must leave behind: nothing.
///
/// `java -cp ... io.watchfloor.benchmark.fuzz.WebSocketFuzz [FRAMES [SEED]]` sends 1,000,000 frames unless told otherwise,
/// prints what came of it, and ends with 1 where something is wrong. Confined to one thread.
public final class WebSocketFuzz {

    private static final System.Logger LOG = System.getLogger(WebSocketFuzz.class.getName());
    /// Codes by which a server admits a fault of its own.
    private static final Set<Integer> FAULTS = Set.of(1011, 4005);
    /// Renewed so often, for access tokens live some minutes.
    private static final long PART = 50_000;
    private static final int PARALLEL = 16;
    /// Connections of the run's own.
    private static final int FEW = 4;
    private static final long MANY = 1_000_000_000;
    /// The limits would keep most frames away from what is to be tested.
    private static final LimitSettings LIMITS = new LimitSettings(Stream
            .of("handshakes", "messages", "pushes", "joins", "queries", "frames", "control-frames", "presence",
                    "requests-address", "requests-caller")
            .collect(Collectors.toMap(name -> name, _ -> MANY)));

    private final FuzzedServer server;
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, Long> codes = new java.util.TreeMap<>();
    private long frames;
    private long connections;

    private WebSocketFuzz(FuzzedServer server) {
        this.server = server;
    }

    /// What came of a run.
    ///
    /// @param wrong sentences; empty where all is well
    public record Report(long frames, long connections, Map<Integer, Long> closeCodes, Footprint before,
            Footprint after, List<String> wrong) {

        @Override
        public String toString() {
            return frames + " frames on " + connections + " connections; ended by code " + closeCodes + "\nbefore: "
                    + before + "\nafter:  " + after + "\n" + (wrong.isEmpty() ? "Nothing is wrong." : wrong);
        }
    }

    public static void main(String[] args) throws Exception {
        long frames = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        Path directory = Files.createTempDirectory("watchfloor-fuzz");
        long begin = System.nanoTime();
        Report report = run(directory, frames, seed);
        System.out.println(report);
        System.out.println("seed " + seed + ", " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
        System.exit(report.wrong().isEmpty() ? 0 : 1);
    }

    /// @param directory an empty one
    public static Report run(Path directory, long frames, long seed) throws Exception {
        try (FuzzedServer server = new FuzzedServer(directory, LIMITS)) {
            return new WebSocketFuzz(server).run(frames, seed);
        }
    }

    private Report run(long wanted, long seed) throws Exception {
        DashboardId seen = server.seen();
        DashboardId own = server.make("For edits");
        fuzz(seen, own, Math.min(2_000, wanted), ~seed);
        settle();
        Footprint before = Footprint.now();
        String untouched = server.state(seen);
        for (long part = 0; frames < wanted; part++) {
            fuzz(seen, own, Math.min(PART, wanted - frames), seed + part);
            LOG.log(System.Logger.Level.INFO, "{0} frames, {1}; open {2}, slow {3}", frames, codes,
                    server.figure("watchfloor_http_connections{"), server.figure("watchfloor_http_slow_total{"));
        }
        settle();
        Footprint after = Footprint.now();
        for (int i = 0; i < 120 && !after.isNear(before); i++) {
            TimeUnit.MILLISECONDS.sleep(500);
            after = Footprint.now();
        }
        check(after.isNear(before), "It holds more than before.");
        check(server.state(seen).equals(untouched),
                "What a viewer and strangers may not change has changed: " + untouched + " / " + server.state(seen));
        check(server.figure("watchfloor_room_failures") == 0, "A room was given up after a fault.");
        check(!server.state(own).isEmpty(), "The dashboard for edits cannot be read.");
        check(codes.getOrDefault(FrameFuzz.NO_HANDSHAKE, 0L) == 0, "Handshakes failed; "
                + (long) server.figure("watchfloor_http_slow_total{") + " connections were closed for being slow, "
                + (long) server.figure("watchfloor_limits_crowded_total{")
                + " were refused for being too many at a time.");
        check(codes.keySet().stream().noneMatch(FAULTS::contains), "The server met a fault of its own.");
        return new Report(frames, connections, codes, before, after, List.copyOf(wrong));
    }

    private void fuzz(DashboardId seen, DashboardId own, long count, long seed) throws Exception {
        String viewer = server.viewer();
        FrameFuzz.Outcome outcome = new FrameFuzz(server, seed,
                List.of(new FrameFuzz.Speaker(viewer, seen), new FrameFuzz.Speaker(viewer, own),
                        new FrameFuzz.Speaker(server.administrator(), own), new FrameFuzz.Speaker(null, seen)))
                .run(count, PARALLEL);
        frames += outcome.frames();
        connections += outcome.connections();
        outcome.closeCodes().forEach((code, times) -> codes.merge(code, times, Long::sum));
        check(outcome.hung() == 0, outcome.hung() + " connections got no end (seed " + seed + ").");
    }

    /// Waits until the server has noticed that everybody is gone.
    private void settle() throws Exception {
        for (int i = 0; i < 120 && server.figure("watchfloor_sessions{") > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(250);
        }
        check(server.figure("watchfloor_sessions{") == 0, "Sessions are left over.");
        for (int i = 0; i < 120 && server.figure("watchfloor_http_connections{") > FEW; i++) {
            TimeUnit.MILLISECONDS.sleep(250);
        }
        double open = server.figure("watchfloor_http_connections{");
        check(open <= FEW, (long) open + " connections count as open that are gone.");
    }

    private void check(boolean right, String sentence) {
        if (!right) {
            wrong.add(sentence);
        }
    }
}
