package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import io.watchfloor.server.store.postgres.PostgresAuditStore;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Every command of the real command line that changes something leaves a record, and changes nothing where it cannot. A new
/// command fails here until it is told of.
@Timeout(240)
class EveryCommandIsRecordedTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    /// Commands that leave no record, and why.
    private static final Map<String, String> UNRECORDED = Map.of(
            "serve", "what it does at its start is looked at by itself, below",
            "user list", "it changes nothing",
            "token list", "it changes nothing",
            "kiosk list", "it changes nothing",
            "audit verify", "it changes nothing",
            "audit export", "it changes nothing");

    /// Tables that a server writes by itself at its start.
    private static final String BY_ITSELF = "samples.*|series.*|leases|milestones|signing_key";

    @TempDir
    Path folder = Path.of("");

    private final List<Deed> deeds = new ArrayList<>();

    /// @param command without its arguments
    private record Deed(String command, AuditAction action, String subject, List<String> arguments) {}

    private void deed(String command, AuditAction action, String subject, String... arguments) {
        deeds.add(new Deed(command, action, subject, List.of(arguments)));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static CommandRun run(String command, String... arguments) {
        var address = DATABASE.address();
        return CommandRun.of(
                Map.of("WATCHFLOOR_DATABASE_URL", address.url(), "WATCHFLOOR_DATABASE_USER",
                        String.valueOf(address.user()), "WATCHFLOOR_DATABASE_PASSWORD",
                        String.valueOf(address.password())),
                Stream.concat(Stream.of(command.split(" ")), Stream.of(arguments)).toArray(String[]::new));
    }

    private List<String> files() throws Exception {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(Path::toString).sorted().toList();
        }
    }

    private static List<AuditEvent> events() {
        return new PostgresAuditStore(DATABASE.database()).page(null, AuditFilter.ALL, 1_000).stream()
                .map(ChainedEvent::event).toList();
    }

    private static void withoutRecords(Attempt attempt) throws Exception {
        DATABASE.asOwner("REVOKE INSERT ON audit_event FROM " + TestDatabase.servingRole());
        try {
            attempt.run();
        } finally {
            DATABASE.asOwner("GRANT INSERT ON audit_event TO " + TestDatabase.servingRole());
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    @Test
    void everyCommandThatChangesSomething_AUD3_AUD8_leavesARecord_andChangesNothingWithoutOne() throws Exception {
        prepare();
        Set<String> known = new TreeSet<>(UNRECORDED.keySet());
        deeds.forEach(deed -> known.add(deed.command));
        assertThat(known).as("commands, and how each that changes something is recorded")
                .isEqualTo(commands(Main.commands(new Environment(Map.of())), ""));

        withoutRecords(() -> {
            Map<String, String> before = DATABASE.contents("none");
            List<String> files = files();
            for (Deed deed : deeds) {
                CommandRun run = run(deed.command, deed.arguments.toArray(String[]::new));
                assertThat(run.code()).as("%s without a record", deed.command).isEqualTo(Main.CANNOT);
                assertThat(run.err().strip()).as(deed.command).startsWith("watchfloor-server: ").hasLineCount(1);
                assertThat(run.out()).as(deed.command).isEmpty();
                assertThat(DATABASE.contents("none")).as("%s without a record", deed.command).isEqualTo(before);
                assertThat(files()).as("%s without a record", deed.command).isEqualTo(files);
            }
        });
        for (Deed deed : deeds) {
            int before = events().size();
            CommandRun run = run(deed.command, deed.arguments.toArray(String[]::new));
            assertThat(run.code()).as("%s: %s", deed.command, run.err()).isZero();
            assertThat(events()).as(deed.command).hasSize(before + 1).first().satisfies(event -> {
                assertThat(event.action()).isEqualTo(deed.action);
                assertThat(event.outcome()).isEqualTo(AuditOutcome.DONE);
                assertThat(event.subject()).isEqualTo(deed.subject);
                assertThat(event.address()).startsWith("command line of ");
                assertThat(event.at()).isPositive();
            });
        }
    }

    /// What can be called, as it is typed.
    private static Set<String> commands(CommandLine line, String path) {
        Set<String> found = new TreeSet<>();
        line.getSubcommands().forEach((name, sub) -> {
            if (sub.getSubcommands().isEmpty()) {
                found.add(path + name);
            } else {
                found.addAll(commands(sub, path + name + " "));
            }
        });
        return found;
    }

    private void prepare() {
        try (PasswordHasher hasher = new PasswordHasher(new SecureRandom(), new PasswordHasher.Cost(64, 1), 1)) {
            Accounts accounts = new Accounts(new PostgresAccountStore(DATABASE.database()), hasher,
                    InstantSource.system(), new SecureRandom());
            for (String name : List.of("boss", "ann", "ben", "cat", "dan")) {
                accounts.add(name, name.equals("boss") ? Role.ADMIN : Role.EDITOR, "correct horse", false);
            }
            accounts.changeDisabled("ben", true);
        }
        DashboardId wall = new DashboardId(UUID.randomUUID());
        new PostgresDashboardStore(DATABASE.database()).create(wall, "Wall", null, List.<Entry>of())
                .toCompletableFuture().join();
        assertThat(run("kiosk add", "hall", "--dashboard", "Wall", "--code-file", file("hall")).code()).isZero();
        assertThat(run("token create", "old", "--scope", "read").code()).isZero();
        deed("user add", AuditAction.USER_ADDED, "new", "new", "--password-file", file("new"));
        deed("user disable", AuditAction.USER_DISABLED, "ann", "ann");
        deed("user enable", AuditAction.USER_ENABLED, "ben", "ben");
        deed("user role", AuditAction.USER_ROLE_CHANGED, "ann", "ann", "viewer");
        deed("user reset-2fa", AuditAction.USER_SECOND_FACTOR_RESET, "cat", "cat");
        deed("user reset-password", AuditAction.USER_PASSWORD_RESET, "dan", "dan", "--password-file", file("dan"));
        deed("user sign-in-code", AuditAction.SIGN_IN_CODE_MADE, "cat", "cat", "--file", file("cat"));
        deed("token create", AuditAction.SERVICE_TOKEN_CREATED, "probe", "probe", "--scope", "ingest");
        deed("token revoke", AuditAction.SERVICE_TOKEN_REVOKED, "old", "old");
        deed("kiosk add", AuditAction.KIOSK_ADDED, "lobby", "lobby", "--dashboard", "Wall", "--code-file",
                file("lobby"));
        deed("kiosk enrol-anew", AuditAction.KIOSK_CODE_MADE, "hall", "hall", "--code-file", file("again"));
        deed("kiosk remove", AuditAction.KIOSK_REMOVED, "hall", "hall");
        deed("epoch new", AuditAction.EPOCH_BEGUN, "all dashboards");
    }

    @Test
    void start_AUD3_makesNoAccountAndNoCodeWithoutARecord_andWritesThemDown(@TempDir Path data) throws Exception {
        var address = DATABASE.address();
        Path code = folder.resolve("code");
        ServerConfig config = new ServerConfig("test", data,
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(Accounts.ADMIN, code), null));
        DATABASE.asOwner("DELETE FROM account");
        withoutRecords(() -> {
            Map<String, String> before = DATABASE.contents(BY_ITSELF);
            assertThatThrownBy(() -> WatchfloorServer.start(config).close()).isInstanceOf(StartException.class);
            assertThat(DATABASE.contents(BY_ITSELF)).isEqualTo(before);
        });
        int before = events().size();
        WatchfloorServer.start(config).close();
        assertThat(code).exists();
        assertThat(events().subList(0, events().size() - before).reversed()).extracting(AuditEvent::action)
                .containsExactly(AuditAction.USER_ADDED, AuditAction.SIGN_IN_CODE_MADE,
                        AuditAction.DASHBOARD_CREATED);
        withoutRecords(() -> {
            Files.delete(code);
            Map<String, String> last = DATABASE.contents(BY_ITSELF);
            assertThatThrownBy(() -> WatchfloorServer.start(config).close()).isInstanceOf(StartException.class);
            assertThat(DATABASE.contents(BY_ITSELF)).isEqualTo(last);
            assertThat(code).doesNotExist();
        });
    }
}
