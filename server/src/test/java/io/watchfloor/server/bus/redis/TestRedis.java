package io.watchfloor.server.bus.redis;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.embedded.core.ExecutableProvider;

/// A real Redis on a free port of 127.0.0.1, kept in memory only. As a JUnit extension it starts before the test class
/// and stops after it; it can be killed and started again on the same port meanwhile.
///
/// ```java
/// @RegisterExtension
/// static final TestRedis REDIS = new TestRedis();
/// ```
///
/// Thread-safe.
public final class TestRedis implements BeforeAllCallback, AfterAllCallback {

    private final List<String> options;
    private final int port = freePort();
    private @Nullable Process process;

    /// @param options of redis-server, such as `--requirepass`, `secret`
    public TestRedis(String... options) {
        this.options = List.of(options);
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        kill();
    }

    /// Starts it and waits until it takes connections; does nothing where it runs.
    public synchronized void start() {
        if (process != null) {
            return;
        }
        try {
            File program = Program.FILE;
            List<String> command = new ArrayList<>(List.of(program.getAbsolutePath(), "--bind", "127.0.0.1", "--port",
                    String.valueOf(port), "--save", "", "--appendonly", "no"));
            command.addAll(options);
            process = new ProcessBuilder(command).directory(program.getParentFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    /// Ends it as `kill -9` does.
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().join();
            process = null;
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Below those that systems give to whoever asks for any: nobody is given it before Redis has it, or while Redis is
    /// away.
    private static int freePort() {
        SplittableRandom random = new SplittableRandom();
        while (true) {
            int candidate = random.nextInt(20_000, 30_000);
            try (ServerSocket _ = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return candidate;
            } catch (IOException _) {
                // somebody has it: another one
            }
        }
    }

    /// The program, in a place of this process: another one that runs tests must neither find it half written, nor replace
    /// or remove it under its hands.
    private static final class Program {

        static final File FILE = unpacked();

        private static File unpacked() {
            try {
                Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "redis");
                directory.toFile().deleteOnExit(); // after the program, which is deleted then too
                return ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
