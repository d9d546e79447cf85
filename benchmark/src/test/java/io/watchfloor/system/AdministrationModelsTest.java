package io.watchfloor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.view.administration.AuditExport;
import io.watchfloor.client.view.administration.AuditKind;
import io.watchfloor.client.view.administration.AuditModel;
import io.watchfloor.client.view.administration.GroupsModel;
import io.watchfloor.client.view.administration.InvitationsModel;
import io.watchfloor.client.view.administration.Loaded;
import io.watchfloor.client.view.administration.PeopleModel;
import io.watchfloor.client.view.administration.ProgramsModel;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.protocol.rest.GroupRow;
import io.watchfloor.protocol.rest.NewInvitation;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.UserList;
import io.watchfloor.protocol.rest.UserRow;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pages of administrators show and do, without their nodes, against a real server over real sockets.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set before each test
class AdministrationModelsTest {

    private static final Duration GUARD = Duration.ofMinutes(2);
    private static final String PASSWORD = "a phrase that is long enough";

    private final ExecutorService owner = Executors.newSingleThreadExecutor();
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<Runnable> undo = new CopyOnWriteArrayList<>();
    private final Notices notices = new Notices() {

        @Override
        public void show(String sentence) {
            told.add(sentence);
        }

        @Override
        public void show(String sentence, String action, Runnable run) {
            told.add(sentence);
            undo.add(run);
        }
    };

    @TempDir
    Path directory;

    private RunningServer server;
    private RestClient rest;
    private Administration administration;

    @BeforeEach
    void start() throws Exception {
        server = new RunningServer(directory);
        rest = new RestClient(server.address(), http, owner);
        Account boss = ok(rest.signIn("admin", RunningServer.PASSWORD));
        administration = new Administration(boss, server.address());
        String code = ok(administration.invite(new NewInvitation("ivy", Role.EDITOR, List.of(), 1))).code();
        ok(rest.acceptInvitation(code, null, PASSWORD));
    }

    @AfterEach
    void stop() {
        server.close();
        http.shutdownNow();
        work.shutdownNow();
        owner.shutdownNow();
    }

    @Test
    void people_ADM1_areChanged_undone_andTheServersRefusalIsTold() {
        PeopleModel model = on(() -> new PeopleModel(administration, notices));
        run(model::refresh);
        until(() -> model.found().size() == 3);
        run(() -> model.choose(user(model, "ivy")));
        run(() -> model.changeRole(user(model, "ivy"), Role.VIEWER));
        until(() -> user(model, "ivy").role() == Role.VIEWER);
        assertThat(told).contains("ivy is a viewer now.");
        run(undo.getLast());
        until(() -> user(model, "ivy").role() == Role.EDITOR);
        assertThat(on(() -> user(model, "ivy").signedInAt())).isNotNull();
        run(() -> model.changeRole(user(model, "admin"), Role.VIEWER));
        until(() -> model.problemProperty().get().equals("You cannot change your own role."));
        run(() -> model.resetPassword(user(model, "ivy")));
        until(() -> model.madeProperty().get() != null);
        run(() -> model.changeDisabled(user(model, "ivy"), true));
        until(() -> user(model, "ivy").disabled());
        run(() -> model.searchProperty().set("IV"));
        assertThat(on(model::found)).extracting(UserRow::name).containsExactly("ivy");
        run(model::close);
    }

    @Test
    void groups_ADM2_areMade_filled_renamed_undone_andDeletedOnlyAfterAQuestion() {
        GroupsModel model = on(() -> new GroupsModel(administration, notices));
        run(model::refresh);
        run(() -> model.add("Night shift", () -> {}));
        until(() -> model.chosenProperty().get() != null && !model.others().isEmpty());
        run(() -> model.addMember(chosen(model), "ivy"));
        until(() -> chosen(model).members().contains("ivy"));
        run(() -> model.rename(chosen(model), "Late shift"));
        until(() -> chosen(model).equals(new GroupRow("Late shift", List.of("ivy"))));
        run(undo.getLast());
        until(() -> chosen(model).name().equals("Night shift"));
        run(() -> model.askToRemove(true));
        assertThat(on(() -> model.removingProperty().get())).isTrue();
        run(() -> model.remove(chosen(model)));
        until(() -> model.chosenProperty().get() == null);
        run(model::close);
    }

    @Test
    void invitation_ADM3_isALinkShownOnce_andWithdrawn_andATokenToo() {
        InvitationsModel invitations = on(() -> new InvitationsModel(administration, notices));
        run(() -> invitations.invite("", Role.VIEWER, List.of(), 7, () -> {}));
        until(() -> invitations.madeProperty().get() != null);
        InvitationsModel.Made made = Objects.requireNonNull(on(() -> invitations.madeProperty().get()));
        assertThat(made.link()).startsWith(server.address() + "#invitation=");
        assertThat(made.toString()).doesNotContain("#invitation=");
        run(() -> invitations.withdraw(made.row()));
        until(() -> invitations.madeProperty().get() == null);
        ProgramsModel programs = on(() -> new ProgramsModel(administration, notices));
        run(() -> programs.add("telegraf", List.of(Scope.INGEST), 30, () -> {}));
        until(() -> programs.madeProperty().get() != null);
        run(() -> programs.revoke(Objects.requireNonNull(programs.madeProperty().get()).row()));
        until(() -> told.contains("'telegraf' is revoked. The server refuses it from now on."));
    }

    @Test
    void audit_ADM4_isLookedThrough_andExportedPageByPage(@TempDir Path exported) throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(rest.signIn("ivy", "not her password").get()).isInstanceOf(Outcome.Refused.class);
        }
        AuditModel model = on(() -> new AuditModel(administration, notices, new AuditExport(work, owner),
                System::currentTimeMillis, ZoneOffset.UTC));
        run(model::refresh);
        until(() -> model.events().size() > 3);
        run(() -> {
            model.nameProperty().set("IVY");
            model.kindProperty().set(AuditKind.SIGN_INS);
            model.outcomeProperty().set(AuditOutcome.REFUSED);
        });
        until(() -> !model.events().isEmpty()
                && model.events().stream().allMatch(event -> event.outcome() == AuditOutcome.REFUSED));
        Path file = exported.resolve("audit.jsonl");
        run(() -> model.export(file));
        await().atMost(GUARD).until(() -> Files.exists(file));
        assertThat(Files.readAllLines(file)).isNotEmpty()
                .allMatch(line -> line.contains("\"sign-in\"") && line.contains("REFUSED"));
        run(model::close);
    }

    private static UserRow user(PeopleModel model, String name) {
        return model.usersProperty().get() instanceof Loaded.Shown<UserList>(UserList list)
                ? list.users().stream().filter(user -> user.name().equals(name)).findFirst().orElseThrow()
                : new UserRow(name, Role.EDITOR, false, false, false, List.of(), 0, null);
    }

    private static GroupRow chosen(GroupsModel model) {
        return Objects.requireNonNull(model.chosenProperty().get());
    }

    private <T> T on(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, owner).orTimeout(GUARD.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void run(Runnable act) {
        CompletableFuture.runAsync(act, owner).orTimeout(GUARD.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void until(Supplier<Boolean> condition) {
        await().atMost(GUARD).until(() -> on(condition));
    }

    private static <T> T ok(CompletableFuture<Outcome<T>> asked) {
        return switch (asked.orTimeout(GUARD.toSeconds(), TimeUnit.SECONDS).join()) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.sentence());
            case Outcome.Unreachable<T> unreachable -> throw new AssertionError(unreachable.sentence());
        };
    }
}
