package io.watchfloor.benchmark.load;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A server in a process of its own with a durable PostgreSQL, which what it is compared with uses too, so that both have
/// the same disk in the same way. Confined to one thread, but for closing.
public final class ServerUnderLoad implements AutoCloseable {

    /// An editor that the server makes.
    private static final String USER = "load";
    private static final long START_SECONDS = 300;
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w*GC");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Path directory;
    private final Process process;
    private final URI address;
    private final String token;

    /// @param directory an empty one, or that of another one that has stopped, for the database and the server's log
    /// @param options of the server's Java
    public ServerUnderLoad(Path directory, List<String> options) throws IOException, InterruptedException {
        this.directory = directory;
        Path ready = directory.resolve("ready");
        Path code = directory.resolve("code");
        Files.deleteIfExists(ready);
        Files.deleteIfExists(code);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        if (options.stream().noneMatch(COLLECTOR.asMatchPredicate())) {
            command.add("-XX:+UseZGC"); // as bin/watchfloor-server starts it
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.watchfloor.server.Main", "serve",
                "--listen", "127.0.0.1:0", "--data-dir", data().toString(), "--sign-in-code",
                USER + "=" + code, "--ready-file",
                ready.toString(), "--log-level", "warn", "--limit",
                // what is measured here is the server, not its limits
                "pushes=1000000000,joins=1000000000,messages=1000000000,frames=1000000000,presence=1000000000,queries=1000000000,"
                        + "handshakes=1000000000,sessions-account=1000000,connections-address=1000000"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.out").toFile());
        process = builder.start();
        for (int i = 0; !Files.exists(ready); i++) {
            if (i > START_SECONDS * 10 || process.waitFor(100, TimeUnit.MILLISECONDS)) {
                close();
                throw new IOException("The server did not start; see " + directory.resolve("server.out"));
            }
        }
        address = URI.create(Files.readString(ready).strip());
        token = post("sign-in/code", new SignInCode(Files.readString(code).strip()), null, Tokens.class).accessToken();
    }

    public URI address() {
        return address;
    }

    /// Access token of an editor; it lives for some minutes.
    public String token() {
        return token;
    }

    private Path data() {
        return directory.resolve("data");
    }

    public DatabaseAddress database() {
        return Objects.requireNonNull(EmbeddedPostgres.running(data()));
    }

    /// Processor time that the server and its database have used so far.
    record Cpu(Duration server, Duration database) {

        /// Per edit since then, in words.
        String since(Cpu before, double edits) {
            return String.format(Locale.ROOT, "server %.0f us, PostgreSQL %.0f us an edit",
                    server.minus(before.server).toNanos() / 1e3 / edits,
                    database.minus(before.database).toNanos() / 1e3 / edits);
        }
    }

    Cpu cpu() throws IOException {
        Path file = data().resolve("postgres").resolve("data").resolve("postmaster.pid");
        long postmaster = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        Duration database = ProcessHandle.of(postmaster).stream().flatMap(ProcessHandle::descendants)
                .map(ServerUnderLoad::used).reduce(Duration.ZERO, Duration::plus);
        return new Cpu(used(process.toHandle()), database);
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public DashboardId createDashboard(String title) throws IOException, InterruptedException {
        return post("dashboards", new NewDashboard(title), token, DashboardRow.class).id();
    }

    /// The server's own figures in Prometheus text format.
    public String metrics() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address.resolve("/metrics")).build(),
                HttpResponse.BodyHandlers.ofString()).body();
    }

    private <T> T post(String path, Object body, @Nullable String bearer, Class<T> answer)
            throws IOException, InterruptedException {
        RecordCodec codec = RecordCodec.of(Encoding.JSON);
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/api/v1/" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(codec.encode(body)));
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    "POST " + path + " failed: " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return codec.decode(response.body(), answer);
    }

    /// A second call does nothing.
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
