package io.watchfloor.benchmark.desktop;

import static org.awaitility.Awaitility.await;

import io.watchfloor.server.store.postgres.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One more instance, in a process of its own that can be killed. Confined to the test's thread.
final class Instance implements AutoCloseable {

    private final Process process;
    private final URI address;

    /// @param database that another instance keeps
    Instance(Path directory, DatabaseAddress database, URI redis) throws IOException {
        Path ready = directory.resolve("ready");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), "io.watchfloor.server.Main", "serve", "--listen", "127.0.0.1:0",
                "--data-dir", directory.toString(), "--instance", "doomed", "--database-url", database.url(),
                "--redis-url", redis.toString(), "--second-factor-optional", "--ready-file", ready.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        set(builder, "WATCHFLOOR_DATABASE_USER", database.user());
        set(builder, "WATCHFLOOR_DATABASE_PASSWORD", database.password());
        process = builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile()).start();
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(50))
                .until(() -> Files.exists(ready) || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(directory.resolve("log")));
        }
        address = URI.create(Files.readString(ready).strip());
    }

    private static void set(ProcessBuilder builder, String name, @Nullable String value) {
        builder.environment().put(name, Objects.requireNonNullElse(value, ""));
    }

    URI address() {
        return address;
    }

    /// Ends it at once, in the middle of whatever it does.
    void kill() {
        process.destroyForcibly();
    }

    /// Returns when nothing writes into its directory any more.
    @Override
    public void close() {
        kill();
        process.onExit().join();
    }
}
