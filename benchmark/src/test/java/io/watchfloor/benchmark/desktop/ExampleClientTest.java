package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client in `docs/examples` against a real server, where there is a Node to run it.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExampleClientTest {

    private static final Path EXAMPLE = Path.of("..", "docs", "examples", "watch.mjs").toAbsolutePath().normalize();
    /// The first Node that has a WebSocket of its own without being asked for it.
    private static final int WITH_WEB_SOCKET = 22;

    private static int node() throws InterruptedException {
        try {
            Process asked = new ProcessBuilder("node", "--version").start();
            String version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return asked.waitFor() == 0 ? Integer.parseInt(version.substring(1, version.indexOf('.'))) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void example_signsInRenamesADashboardAndHearsItsSamples(@TempDir Path directory) throws Exception {
        int node = node();
        assumeTrue(node >= 20, "there is no Node 20 or newer");
        try (RunningServer server = new RunningServer(directory.resolve("data"))) {
            List<String> command = new ArrayList<>(List.of("node"));
            if (node < WITH_WEB_SOCKET) {
                command.add("--experimental-websocket");
            }
            command.addAll(List.of(EXAMPLE.toString(), server.address().toString(), "admin", "--title", "Renamed",
                    "--seconds", "15"));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("PASSWORD", RunningServer.PASSWORD);
            Process example = builder.start();
            try {
                String said = new String(example.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(example.waitFor()).as(said).isZero();
                assertThat(said).contains("signed in as admin (ADMIN)", "joined \"This machine\"",
                        "title = \"Renamed\"", "push 1 is durable", "here: admin")
                        .containsPattern("Z load_average\\{.*} [0-9.]+");
            } finally {
                example.destroyForcibly().waitFor();
            }
        }
    }
}
