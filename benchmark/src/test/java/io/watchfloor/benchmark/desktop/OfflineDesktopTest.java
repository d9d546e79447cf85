package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.server.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A desktop that loses its server, is killed, starts without a server, and returns.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OfflineDesktopTest {

    private static final String DASHBOARD = "This machine";
    private static final String WIDGET = "Load, 1 minute";
    private static final int MORE_THAN_IS_HELD = 1_100;

    private static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    @Test
    void killedWithoutAServer_OFF2_OFF6_CLI83_opensWithItsEditsAndBringsThemBack(@TempDir Path directory)
            throws StartException, IOException, InterruptedException {
        try (RunningServer server = new RunningServer(directory.resolve("data"));
                Route wire = new Route(server.address())) {
            Path state = directory.resolve("state");
            String token = editAndDie(wire, state);
            try (Desktop colleague = new Desktop(server.address(), directory.resolve("other"), DASHBOARD);
                    Desktop back = Desktop.withoutServer(wire.address(), state, DASHBOARD, token)) {
                until(() -> colleague.on(DashboardModel::joined));
                // without a server: as it was last, with the edits of the one that was killed
                until(() -> back.on(model -> !model.widgets().isEmpty()));
                ElementId widget = back.widget(WIDGET).id();
                boolean joined = back.on(DashboardModel::joined);
                assertThat(joined).isFalse();
                long seenAt = back.on(DashboardModel::seenAt);
                assertThat(seenAt).isPositive();
                assertThat(back.widget(WIDGET).bounds()).isEqualTo(KilledDesktop.PLACE);
                String typed = back.on(model -> model.text(widget, Properties.DESCRIPTION));
                assertThat(typed).hasSizeGreaterThanOrEqualTo(20).matches("x+");
                int unsent = back.on(_ -> back.connection().unsent());
                assertThat(unsent).isEqualTo(2);
                back.on(model -> model.editor().rename(widget, "Renamed without a server"));

                ElementId network = colleague.widget("Network").id();
                colleague.on(model -> model.editor().rename(network, "Lines"));
                until(() -> colleague.on(DashboardModel::unsent) == 0); // else it comes while one is back already
                wire.mend();
                until(() -> colleague.find(widget).orElseThrow().title().equals("Renamed without a server"));
                until(() -> colleague.on(model -> model.text(widget, Properties.DESCRIPTION)).equals(typed));
                assertThat(colleague.find(widget).orElseThrow().bounds()).isEqualTo(KilledDesktop.PLACE);
                until(() -> back.on(DashboardModel::unsent) == 0);
                until(() -> !back.reports.isEmpty());
                MergeReport report = back.reports.getFirst();
                assertThat(report.lines()).contains("You, in another window, renamed 'Lines'.",
                        "Your 3 edits were sent.");
                assertThat(report.items()).isEmpty();
                assertThat(back.rejections).isEmpty();
            }
        }
    }

    /// More was changed meanwhile than the server holds entries of, and it was started again.
    @Test
    void awayForLong_OFF10_isToldByNameWhoOverrodeHisEdit(@TempDir Path directory) throws StartException, IOException {
        try (RunningServer server = new RunningServer(directory.resolve("data"));
                Route wire = new Route(server.address());
                HttpClient http = HttpClient.newHttpClient()) {
            Administration administration = new Administration(server.address(), http);
            String password = administration.addEditor("nora");
            administration.share(DASHBOARD, "nora");
            try (Desktop back = new Desktop(wire.address(), directory.resolve("state"), DASHBOARD)) {
                until(() -> back.on(DashboardModel::joined));
                wire.cut();
                until(() -> !back.on(DashboardModel::joined));
                ElementId widget = back.widget(WIDGET).id();
                back.on(model -> model.editor().rename(widget, "Mine"));
                try (Desktop nora = new Desktop(server.address(), directory.resolve("other"), DASHBOARD,
                        rest -> Desktop.ok(rest.signIn("nora", password)))) {
                    until(() -> nora.on(DashboardModel::joined));
                    nora.on(model -> model.editor().rename(widget, "Nora's"));
                    for (int i = 1; i <= MORE_THAN_IS_HELD; i++) {
                        Value value = Value.of(i);
                        // elements hold so many properties
                        String property = "x.p" + i % 50;
                        nora.on(model -> model.editor().assign("Count", widget, property, value));
                        if (i % 50 == 0) {
                            until(() -> nora.on(DashboardModel::unsent) == 0);
                        }
                    }
                }
                server.stop();
                server.startAgain();
                wire.mend();
                until(() -> !back.reports.isEmpty());
                MergeReport report = back.reports.getFirst();
                assertThat(report.lines()).as("there was a snapshot").contains("'Nora's' was changed meanwhile.");
                assertThat(report.items()).extracting(MergeReport.Item::sentence)
                        .containsExactly("Rename '" + WIDGET + "': nora renamed it later. Yours was 'Mine'.");
            }
        }
    }

    /// @return refresh token of the desktop that is dead now
    private static String editAndDie(Route wire, Path state) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                KilledDesktop.class.getName(), wire.address().toString(), state.toString(), DASHBOARD, WIDGET)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader said = new BufferedReader(
                new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String joined = said.readLine();
            assertThat(joined).startsWith("joined ");
            wire.cut();
            assertThat(said.readLine()).isEqualTo("kept");
            return joined.substring("joined ".length());
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void disabledWhileItWasAway_OFF4_isToldAndErasesItsUnsentEdits_whichAreGoneWhenItIsEnabledAgain(
            @TempDir Path directory) throws StartException, IOException {
        try (RunningServer server = new RunningServer(directory.resolve("data"));
                Route wire = new Route(server.address());
                HttpClient http = HttpClient.newHttpClient()) {
            Administration administration = new Administration(server.address(), http);
            String password = administration.addEditor("nora");
            administration.share(DASHBOARD, "nora");
            Path kept = directory.resolve("state");
            String token;
            try (Desktop nora = new Desktop(wire.address(), kept, DASHBOARD,
                    rest -> Desktop.ok(rest.signIn("nora", password)))) {
                until(() -> nora.on(DashboardModel::joined));
                token = nora.account.refreshToken();
                wire.cut();
                until(() -> !nora.on(DashboardModel::joined));
                ElementId widget = nora.widget(WIDGET).id();
                nora.on(model -> model.editor().rename(widget, "Nora's"));
                administration.disable("nora");
                AtomicInteger told = new AtomicInteger();
                nora.account.onDisabled(told::incrementAndGet);
                wire.mend();
                until(() -> nora.on(_ -> nora.connection().state()) instanceof ConnectionState.Stopped);
                ConnectionState state = nora.on(_ -> nora.connection().state());
                assertThat(state).isInstanceOfSatisfying(ConnectionState.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("disabled"));
                until(() -> told.get() > 0);
                nora.on(_ -> {
                    nora.connection().close();
                    return true;
                });
                assertThat(nora.outbox.discard()).isEqualTo(new Outbox.Discarded(1, List.of()));
            }
            RestClient rest = new RestClient(server.address(), http, Runnable::run);
            assertThat(rest.resume(token).join()).isInstanceOfSatisfying(Outcome.Refused.class,
                    refused -> assertThat(refused.disabled()).as("as often as it is asked").isTrue());

            administration.enable("nora");
            assertThat(rest.resume(token).join()).isInstanceOfSatisfying(Outcome.Refused.class,
                    refused -> assertThat(refused.disabled()).isFalse());
            try (Desktop nora = new Desktop(wire.address(), kept, DASHBOARD,
                    again -> Desktop.ok(again.signIn("nora", password)))) {
                until(() -> nora.on(DashboardModel::joined));
                int unsent = nora.on(DashboardModel::unsent);
                assertThat(unsent).isZero();
                assertThat(nora.widget(WIDGET)).isNotNull();
            }
        }
    }
}
