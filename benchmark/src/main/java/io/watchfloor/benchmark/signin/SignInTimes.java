package io.watchfloor.benchmark.signin;

import io.watchfloor.benchmark.fuzz.FuzzedServer;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.NewRole;
import io.watchfloor.protocol.rest.NewUser;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.server.limit.LimitSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How long a server takes to refuse a sign-in, by what is wrong with it: what somebody could learn about accounts by
/// looking at his watch. A whole server, over HTTP, one sign-in after the other, the kinds in random order.
///
/// `java -cp ... io.watchfloor.benchmark.signin.SignInTimes [TIMES]` makes 500 of each kind unless told otherwise and prints
/// a table. Confined to one thread.
public final class SignInTimes {

    private static final int MOST_WARM_UP = 20;
    private static final int REFUSED = 401;
    private static final long MANY = 1_000_000_000;
    /// All would be refused at once otherwise.
    private static final LimitSettings LIMITS = new LimitSettings(Stream
            .of("sign-in-address", "sign-in-name", "sign-in-account", "requests-address")
            .collect(Collectors.toMap(name -> name, _ -> MANY)));

    /// What is wrong with a sign-in.
    public enum Kind {
        /// An account that there is, with a wrong password.
        KNOWN("known name, wrong password"),
        /// A name that nobody has.
        UNKNOWN("unknown name"),
        /// An account that was disabled, with its right password.
        DISABLED("disabled account, right password"),
        /// The same with a wrong one.
        DISABLED_WRONG("disabled account, wrong password");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /// What came of it: sorted nanoseconds of each kind.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Report(Map<Kind, long[]> nanos) {

        /// Milliseconds that so many per cent of a kind do not exceed.
        public double millis(Kind kind, double percent) {
            long[] sorted = nanos.getOrDefault(kind, new long[1]);
            int at = (int) Math.ceil(percent / 100 * sorted.length) - 1;
            return sorted[Math.clamp(at, 0, sorted.length - 1)] / 1e6;
        }

        /// The median of a kind, over that of a known name with a wrong password.
        public double ratio(Kind kind) {
            return millis(kind, 50) / millis(Kind.KNOWN, 50);
        }

        /// The chance that a sign-in of a kind takes longer than one of a known name: 0.5 where time tells nothing.
        public double longer(Kind kind) {
            long[] these = nanos.getOrDefault(kind, new long[1]);
            long[] known = nanos.getOrDefault(Kind.KNOWN, new long[1]);
            double wins = 0;
            for (long one : these) {
                int at = Arrays.binarySearch(known, one);
                wins += at < 0 ? -at - 1 : at + 0.5;
            }
            return wins / ((double) these.length * known.length);
        }

        @Override
        public String toString() {
            StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-34s%9s%9s%9s%9s%9s%8s%8s%n", "ms",
                    "p5", "p25", "p50", "p75", "p95", "ratio", "longer"));
            for (Kind kind : Kind.values()) {
                table.append(String.format(Locale.ROOT, "%-34s%9.2f%9.2f%9.2f%9.2f%9.2f%8.3f%8.3f%n", kind.words,
                        millis(kind, 5), millis(kind, 25), millis(kind, 50), millis(kind, 75), millis(kind, 95),
                        ratio(kind), longer(kind)));
            }
            return table.append("ratio: of the medians, to a known name. longer: chance that one takes longer than one "
                    + "of a known name; 0.5 tells nothing.").toString();
        }
    }

    private final FuzzedServer server;
    private final HttpClient http;

    private SignInTimes(FuzzedServer server, HttpClient http) {
        this.server = server;
        this.http = http;
    }

    public static void main(String[] args) throws Exception {
        int times = args.length > 0 ? Integer.parseInt(args[0]) : 500;
        System.out.println(run(Files.createTempDirectory("watchfloor-sign-ins"), times));
        System.exit(0);
    }

    /// @param directory an empty one
    /// @param times of each kind
    public static Report run(Path directory, int times) throws Exception {
        try (FuzzedServer server = new FuzzedServer(directory, LIMITS); HttpClient http = HttpClient.newHttpClient()) {
            return new SignInTimes(server, http).run(times);
        }
    }

    private Report run(int times) throws IOException, InterruptedException {
        String boss = server.administrator();
        server.post("/api/v1/users", new NewUser("known", Role.EDITOR), boss, OneTimePassword.class);
        String left = server.post("/api/v1/users", new NewUser("leaver", Role.EDITOR), boss, OneTimePassword.class)
                .password();
        server.send("/api/v1/users/leaver/disable", new NewRole(Role.EDITOR), boss);
        Map<Kind, SignIn> tries = new EnumMap<>(Map.of(Kind.KNOWN, new SignIn("known", "not the password"),
                Kind.UNKNOWN, new SignIn("nobody", "not the password"), Kind.DISABLED, new SignIn("leaver", left),
                Kind.DISABLED_WRONG, new SignIn("leaver", "not the password")));
        Map<Kind, long[]> nanos = new EnumMap<>(Kind.class);
        tries.keySet().forEach(kind -> nanos.put(kind, new long[times]));
        List<Kind> order = new ArrayList<>(tries.keySet());
        Random random = new Random(7);
        for (int i = -Math.min(MOST_WARM_UP, times / 5); i < times; i++) {
            Collections.shuffle(order, random);
            for (Kind kind : order) {
                long took = refused(tries.get(kind));
                if (i >= 0) {
                    nanos.getOrDefault(kind, new long[times])[i] = took;
                }
            }
        }
        nanos.values().forEach(Arrays::sort);
        return new Report(nanos);
    }

    private long refused(@org.jspecify.annotations.Nullable SignIn attempt) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/api/v1/sign-in"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(RecordCodec.of(Encoding.JSON)
                        .encode(java.util.Objects.requireNonNull(attempt))))
                .build();
        long begin = System.nanoTime();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        long took = System.nanoTime() - begin;
        if (answer.statusCode() != REFUSED) {
            throw new IOException("a sign-in was answered " + answer.statusCode() + ": " + answer.body());
        }
        return took;
    }
}
