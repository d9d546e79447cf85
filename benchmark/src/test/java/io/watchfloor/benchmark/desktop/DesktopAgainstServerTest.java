package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.protocol.Presence.Point;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.sample.Query;
import io.watchfloor.server.StartException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The desktop's synchronisation through Tyrus, against the whole server on a real PostgreSQL.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DesktopAgainstServerTest {

    private static final String DASHBOARD = "This machine";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Path directory;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path temporary) throws StartException {
        directory = temporary;
        server = new RunningServer(directory.resolve("data"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private Desktop desktop(String name) {
        return joined(new Desktop(server.address(), directory.resolve(name), DASHBOARD));
    }

    private static Desktop joined(Desktop desktop) {
        until(() -> desktop.on(DashboardModel::joined));
        return desktop;
    }

    private static void until(BooleanSupplier condition) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    private static Bounds boundsOf(Desktop desktop, ElementId id) {
        return desktop.find(id).orElseThrow().bounds();
    }

    @Test
    void edit_CLI10_isAckedAndSeenByTheOtherDesktop() {
        try (Desktop first = desktop("a"); Desktop second = desktop("b")) {
            ElementId widget = first.widget("Load").id();
            Bounds place = new Bounds(2, 40, 6, 8);
            boolean allowed = first.on(model -> model.editor().place(widget, place));
            assertThat(allowed).isTrue();
            until(() -> boundsOf(second, widget).equals(place));
            until(() -> first.connection().unsent() == 0);
            until(() -> second.on(model -> model.people().size()) == 2);
            assertThat(first.connection().state()).isInstanceOf(ConnectionState.Online.class);
            assertThat(first.connection().serverTime()).isCloseTo(System.currentTimeMillis(),
                    within(5_000L));
        }
    }

    @Test
    void cutNetwork_CLI44_editsMadeMeanwhileArriveOnce() throws IOException {
        try (Route wire = new Route(server.address());
                Desktop far = joined(new Desktop(wire.address(), directory.resolve("c"), DASHBOARD));
                Desktop near = desktop("d")) {
            for (int round = 0; round < 3; round++) {
                String title = "Made offline " + round;
                wire.cut();
                until(() -> !(far.on(_ -> far.connection().state()) instanceof ConnectionState.Online));
                ElementId made = far.on(model -> Objects.requireNonNull(model.editor().add(new WidgetDraft(
                        Properties.KIND_METRIC, title, new Bounds(0, 0, 4, 4), Query.promql("load_average"), "none",
                        List.of()))));
                far.on(model -> model.editor().rename(made, title + "!"));
                int unsent = far.on(DashboardModel::unsent);
                assertThat(unsent).isPositive();
                wire.mend();
                until(() -> near.find(made).isPresent()
                        && near.widget(title + "!").id().equals(made));
                until(() -> far.on(DashboardModel::unsent) == 0);
                near.on(model -> model.editor().remove(List.of(made)));
                until(() -> far.find(made).isEmpty());
            }
            assertThat(far.rejections).isEmpty();
        }
    }

    @Test
    void liveData_CLI50_bringsHistoryThenWhatFollows() {
        try (Desktop desktop = desktop("e")) {
            CollectedSamples load = new CollectedSamples();
            CollectedSamples processes = new CollectedSamples();
            Query query = Objects.requireNonNull(desktop.widget("Load, 1 minute").query());
            Query table = Objects.requireNonNull(desktop.widget("Busiest processes").query());
            desktop.on(model -> model.live().series(query, 300_000, 500, load));
            desktop.on(model -> model.live().table(table, processes));
            until(() -> !load.samples.isEmpty() && load.state().equals(FeedState.LIVE));
            long newest = load.samples.lastKey();
            until(() -> load.samples.lastKey() > newest);
            until(() -> processes.tables.size() > 1);
            assertThat(processes.tables.getLast().rows()).isNotEmpty();

            CollectedSamples wrong = new CollectedSamples();
            desktop.on(model -> model.live().series(Query.promql("load{"), 300_000, 500, wrong));
            until(() -> wrong.state() instanceof FeedState.Failed);
        }
    }

    @Test
    void sameUserInThreeWindows_PRE1_isThreePeople_PRE2_inColoursOfTheirOwn_PRE6_eachWithItsPointer() {
        try (Desktop left = desktop("left"); Desktop right = desktop("right"); Desktop wall = desktop("wall")) {
            until(() -> wall.on(model -> model.people().size()) == 3);
            List<Person> people = wall.on(DashboardModel::people);
            assertThat(people).extracting(Person::account).containsOnly("admin");
            assertThat(people).extracting(Person::session).doesNotHaveDuplicates();
            assertThat(people).extracting(Person::color).doesNotHaveDuplicates();
            await("everybody sees the same").atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(right.on(DashboardModel::people))
                            .containsExactlyInAnyOrderElementsOf(people));

            Point leftAt = new Point(3, 4);
            Point rightAt = new Point(9, 9);
            String leftSession = pointAt(left, leftAt);
            String rightSession = pointAt(right, rightAt);
            until(() -> pointers(wall).equals(Map.of(leftSession, leftAt, rightSession, rightAt)));
            await("one's own window is no colleague").atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(pointers(left)).containsOnlyKeys(rightSession));
        }
    }

    /// @return the session that points there
    private static String pointAt(Desktop desktop, Point at) {
        return desktop.on(model -> {
            model.company().cursor(at);
            return model.company().ownSession();
        });
    }

    private static Map<String, Point> pointers(Desktop desktop) {
        return desktop.on(model -> model.company().colleagues().stream()
                .filter(colleague -> colleague.presence().cursor() != null)
                .collect(Collectors.toMap(Colleague::session,
                        colleague -> Objects.requireNonNull(colleague.presence().cursor()))));
    }

    @Test
    void restartedServer_CLI3_isFoundAgainWithEditsAndData() throws StartException {
        try (Desktop desktop = desktop("f")) {
            ElementId widget = desktop.widget("Network").id();
            CollectedSamples load = new CollectedSamples();
            Query query = Objects.requireNonNull(desktop.widget("Load, 1 minute").query());
            desktop.on(model -> model.live().series(query, 300_000, 500, load));
            until(() -> !load.states.isEmpty() && load.state().equals(FeedState.LIVE));

            server.stop();
            until(() -> load.state().equals(FeedState.DISCONNECTED));
            Bounds place = new Bounds(10, 60, 6, 6);
            desktop.on(model -> model.editor().place(widget, place));
            server.startAgain();

            until(() -> desktop.on(DashboardModel::joined) && desktop.on(DashboardModel::unsent) == 0);
            until(() -> load.state().equals(FeedState.LIVE));
            try (Desktop other = desktop("g")) {
                assertThat(boundsOf(other, widget)).isEqualTo(place);
            }
        }
    }

    @Test
    void signIn_outcomesAreSentences() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            RestClient client = new RestClient(server.address(), http, Runnable::run);
            assertThat(client.signIn("admin", "wrong").join()).isInstanceOfSatisfying(Outcome.Refused.class,
                    refused -> {
                        assertThat(refused.status()).isEqualTo(401);
                        assertThat(refused.sentence()).endsWith(".");
                    });
            Account account = Desktop.ok(client.signIn("admin", RunningServer.PASSWORD));
            Account resumed = Desktop.ok(client.resume(account.refreshToken()));
            assertThat(resumed.name()).isEqualTo("admin");
            var made = Desktop.ok(resumed.createDashboard("Night shift"));
            assertThat(Desktop.ok(resumed.dashboards()).dashboards()).extracting(DashboardRow::id).contains(made.id());
            Desktop.ok(resumed.deleteDashboard(made.id()));
            assertThat(Desktop.ok(resumed.dashboards()).dashboards()).extracting(DashboardRow::id)
                    .doesNotContain(made.id());

            RestClient nowhere = new RestClient(URI.create("http://127.0.0.1:1"), http, Runnable::run);
            assertThat(nowhere.signIn("admin", "x").join())
                    .isEqualTo(new Outcome.Unreachable<Account>("No server answers at 127.0.0.1:1."));
        }
    }
}
