package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The command line up to the point where a server would start.
@Timeout(120)
class MainTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void help_tellsTheCommandsAndOptions() {
        CommandRun top = run(Map.of(), "--help");
        assertThat(top.code()).isZero();
        assertThat(top.out()).contains("serve", "token", "user");
        CommandRun serve = run(Map.of(), "serve", "--help");
        assertThat(serve.code()).isZero();
        assertThat(serve.out()).contains("--listen", "WATCHFLOOR_LISTEN", "--data-dir", "WATCHFLOOR_ADMIN_PASSWORD");
        assertThat(run(Map.of(), "token", "create", "--help").out()).contains("--scope");
    }

    @Test
    void version_isTold() {
        assertThat(run(Map.of(), "--version").out()).startsWith("watchfloor-server ");
    }

    @Test
    void missingOrUnknownCommand_isWrongUsage() {
        assertWrong(run(Map.of()), "Missing the command");
        assertWrong(run(Map.of(), "sevre"), "sevre");
        assertWrong(run(Map.of(), "token"), "Missing the command");
    }

    @Test
    void wrongOption_isNamed() {
        assertWrong(run(Map.of(), "serve", "--nonsense"), "--nonsense");
        assertWrong(run(Map.of(), "serve", "--listen", "7470"), "--listen", "HOST:PORT");
        assertWrong(run(Map.of(), "serve", "--listen", "localhost:70000"), "--listen", "65535");
        assertWrong(run(Map.of(), "serve", "--listen"), "--listen");
        assertWrong(run(Map.of(), "serve", "--redis-url", "http://host"), "--redis-url", "redis://host:6379");
        assertWrong(run(Map.of(), "serve", "--retention-days", "soon"), "--retention-days", "soon");
        assertWrong(run(Map.of(), "serve", "--retention-days", "0"), "--retention-days");
        assertWrong(run(Map.of(), "serve", "--log-format", "xml"), "--log-format", "xml");
        assertWrong(run(Map.of(), "serve", "--sign-in-code", "admin"), "--sign-in-code");
        assertWrong(run(Map.of(), "serve", "--sign-in-code", "a b=/tmp/x"), "--sign-in-code");
        assertWrong(run(Map.of(), "token", "create", "x"), "--scope");
        assertWrong(run(Map.of(), "token", "create", "x", "--scope", "all"), "--scope", "all");
        assertWrong(run(Map.of(), "user", "add", "x", "--role", "king", "--password-file", "f"), "--role", "king");
    }

    @Test
    void wrongVariable_isNamedInsteadOfTheOption() {
        CommandRun run = run(Map.of("WATCHFLOOR_LISTEN", "nowhere"), "serve");
        assertWrong(run, "environment variable WATCHFLOOR_LISTEN", "HOST:PORT");
        assertThat(run.err()).doesNotContain("--listen");
        assertWrong(run(Map.of("WATCHFLOOR_INSECURE_HTTP", "maybe"), "serve"), "WATCHFLOOR_INSECURE_HTTP");
        assertWrong(run(Map.of("WATCHFLOOR_LISTEN", "127.0.0.1:0"), "serve", "--listen", "x"), "--listen");
    }

    @Test
    void unknownVariable_isWrongUsage_butThoseOfKubernetesAreNot() {
        assertWrong(run(Map.of("WATCHFLOOR_LISTEM", "127.0.0.1:0"), "serve"), "WATCHFLOOR_LISTEM");
        assertThat(run(Map.of("WATCHFLOOR_SERVICE_HOST", "10.0.0.1", "WATCHFLOOR_PORT_7470_TCP_ADDR", "10.0.0.1",
                "WATCHFLOOR_PORT", "tcp://10.0.0.1:7470"), "--version").code()).isZero();
    }

    @Test
    void shortAdminPassword_isWrongUsage_andNotRepeated() {
        CommandRun run = run(Map.of("WATCHFLOOR_ADMIN_PASSWORD", "geheim"), "serve");
        assertWrong(run, "WATCHFLOOR_ADMIN_PASSWORD", "8 to 128 characters");
        assertThat(run.err()).doesNotContain("geheim");
    }

    @Test
    void takenPort_cannotStart_beforeAnythingIsMade() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertCannot(run(Map.of(), "serve", "--listen", address, "--data-dir", data.toString()), address,
                    "another program");
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void addressThatIsNotHere_cannotStart() {
        assertCannot(run(Map.of(), "serve", "--insecure-http", "--listen", "192.0.2.1:7470", "--data-dir",
                folder.toString()), "192.0.2.1:7470");
        assertCannot(run(Map.of(), "serve", "--listen", "no-such-host.invalid:7470", "--data-dir", folder.toString()),
                "no-such-host.invalid");
    }

    @Test
    void listeningBeyondThisMachine_needsTlsOrTheOption() {
        assertCannot(run(Map.of(), "serve", "--listen", "0.0.0.0:0", "--data-dir", folder.toString()),
                "0.0.0.0:0", "--insecure-http");
    }

    @Test
    void unreachableDatabase_cannotStart_andThePasswordIsNotRepeated() throws Exception {
        try (Socket held = new Socket()) { // so that nobody else listens there meanwhile
            held.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String url = "jdbc:postgresql://127.0.0.1:" + held.getLocalPort() + "/watchfloor";
            CommandRun run = run(Map.of("WATCHFLOOR_DATABASE_URL", url, "WATCHFLOOR_DATABASE_PASSWORD", "geheim"),
                    "serve", "--listen", "127.0.0.1:0", "--data-dir", folder.toString());
            assertCannot(run, url, "cannot be reached");
            assertThat(run.err()).doesNotContain("geheim");
        }
    }

    @Test
    void dataDirectoryThatIsAFile_cannotStart() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertCannot(run(Map.of(), "serve", "--listen", "127.0.0.1:0", "--data-dir", file.toString()),
                file.toString());
    }

    @Test
    void commandsWithoutADatabase_sayWhereOneIsMissing() {
        assertCannot(run(Map.of(), "token", "list", "--data-dir", folder.toString()), folder.toString(), "--data-dir");
        assertCannot(run(Map.of(), "user", "list", "--data-dir", folder.toString()), folder.toString());
    }

    private static void assertWrong(CommandRun run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertSentence(run, parts);
    }

    private static void assertCannot(CommandRun run, String... parts) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertSentence(run, parts);
    }

    private static void assertSentence(CommandRun run, String... parts) {
        assertThat(run.err()).startsWith("watchfloor-server: ").contains(parts).doesNotContain("\tat ");
        assertThat(run.err().strip().lines()).hasSize(1);
    }

    private static CommandRun run(Map<String, String> environment, String... args) {
        return CommandRun.of(environment, args);
    }
}
