package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What the owner of the tables does to the audit log, and what the command that checks it says.
@Timeout(240)
class AuditCommandTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder = Path.of("");

    private static CommandRun run(String... arguments) {
        var address = DATABASE.address();
        return CommandRun.of(
                Map.of("WATCHFLOOR_DATABASE_URL", address.url(), "WATCHFLOOR_DATABASE_USER",
                        String.valueOf(address.user()), "WATCHFLOOR_DATABASE_PASSWORD",
                        String.valueOf(address.password())),
                arguments);
    }

    private static CommandRun verified(Path checkpoints) {
        return run("audit", "verify", "--checkpoint", checkpoints.toString());
    }

    private static void tampered(CommandRun run, String fault) {
        assertThat(run.code()).as(run.out()).isEqualTo(Main.CANNOT);
        assertThat(run.out()).contains(fault, "NOT as it was written.");
    }

    @Test
    void owner_AUD4_AUD5_whoChangesOrCutsTheLog_isFoundByTheCommand() throws Exception {
        Path data = folder.resolve("data");
        var address = DATABASE.address();
        for (int start = 0; start < 3; start++) {
            // each ends with a checkpoint, and the last two begin with an event
            WatchfloorServer.start(new ServerConfig("wall", data,
                    new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                    new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                    Duration.ofDays(30), new AtStart(null, Map.of("admin", folder.resolve("code " + start)), null)))
                    .close();
        }
        Path checkpoints = data.resolve("audit-checkpoints.log");
        assertThat(Files.readAllLines(checkpoints)).hasSize(3);
        CommandRun well = verified(checkpoints);
        assertThat(well.code()).as(well.out()).isZero();
        assertThat(well.out()).contains("5 events in 1 chains, 3 checkpoints: all as it was written.");
        try (Stream<String> lines = run("audit", "export").out().lines()) {
            assertThat(lines).hasSize(5).allSatisfy(line -> assertThat(line).startsWith("{").contains("\"mac\""))
                    .anySatisfy(line -> assertThat(line).contains("sign-in-code-made"));
        }

        DATABASE.asOwner("ALTER TABLE audit_event DISABLE TRIGGER ALL", "CREATE TABLE kept AS TABLE audit_event",
                "DELETE FROM audit_event WHERE number > 3",
                "UPDATE audit_chain SET number = 3, mac = (SELECT mac FROM audit_event WHERE number = 3)");
        assertThat(run("audit", "verify").code()).as("the database alone looks well").isZero();
        tampered(verified(checkpoints), "a checkpoint tells of event 5");
        DATABASE.asOwner("DELETE FROM audit_event", "DELETE FROM audit_chain");
        tampered(verified(checkpoints), "The chain of wall ends at event 0, and a checkpoint tells of event 5");

        DATABASE.asOwner("INSERT INTO audit_event OVERRIDING SYSTEM VALUE TABLE kept",
                "INSERT INTO audit_chain SELECT writer, number, mac FROM kept WHERE number = 5",
                "UPDATE audit_event SET detail = 'nothing' WHERE number = 2");
        tampered(run("audit", "verify"), "Event 2 of wall is not as it was written.");
        DATABASE.asOwner("DELETE FROM audit_event WHERE number = 2");
        tampered(run("audit", "verify"), "After event 1 of wall comes event 3");
        DATABASE.asOwner("DELETE FROM audit_event", "INSERT INTO audit_event OVERRIDING SYSTEM VALUE TABLE kept");
        assertThat(verified(checkpoints).code()).as("put back as it was").isZero();

        Files.writeString(checkpoints, Files.readString(checkpoints).replace("\"number\":5", "\"number\":4"));
        tampered(verified(checkpoints), "does not carry a signature of this installation");
        assertThat(verified(Files.createFile(folder.resolve("empty"))).err()).contains("There is no checkpoint in");
    }
}
