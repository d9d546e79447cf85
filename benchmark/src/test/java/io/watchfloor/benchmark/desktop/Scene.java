package io.watchfloor.benchmark.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.Greeted;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.StateHash;
import io.watchfloor.sample.Query;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/// A dashboard of its own with one desktop near the server, one that a stretch of network lies before, and a watcher who
/// takes down the log. Confined to the test's thread.
final class Scene implements AutoCloseable {

    private final Path directory;
    private final String title;
    final Watcher watcher;
    final Route wire;
    final Desktop far;
    final Desktop near;
    /// Of the widgets that were added.
    private final List<String> titles = new ArrayList<>();

    /// @param title of the dashboard, which there is none of yet
    Scene(URI server, Path directory, String title) throws IOException {
        this.directory = directory;
        this.title = title;
        try (HttpClient http = HttpClient.newHttpClient()) {
            Account account = Desktop.ok(new RestClient(server, http, Runnable::run).signIn("admin",
                    RunningServer.PASSWORD));
            DashboardId made = Desktop.ok(account.createDashboard(title)).id();
            String token = account.accessToken(false).join() instanceof Credentials.Answer.Token known
                    ? known.text()
                    : "";
            watcher = new Watcher(server, token, made);
        }
        wire = new Route(server);
        far = desktop(wire.address(), "far");
        near = desktop(server, "near");
        until(() -> near.on(DashboardModel::joined) && far.on(DashboardModel::joined));
    }

    /// One more desktop, which was never here before.
    Desktop desktop(URI by, String name) {
        return new Desktop(by, directory.resolve(title + " " + name), title);
    }

    static void until(BooleanSupplier condition) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(condition::getAsBoolean);
    }

    /// Adds a widget, which is a push of its own.
    void edit(Desktop by) {
        String name = "Edit " + titles.size();
        titles.add(name);
        ElementId made = by
                .on(model -> Objects.requireNonNull(model.editor().add(new WidgetDraft(Properties.KIND_METRIC,
                        name, new Bounds(0, 0, 2, 2), Query.promql("load"), "none", List.of()))));
        assertThat(made).isNotNull();
    }

    /// Does not wait for the end of a pause between two attempts.
    static void retryNow(Desktop desktop) {
        desktop.on(_ -> {
            desktop.connection().retryNow();
            return true;
        });
    }

    boolean online() {
        return online(far);
    }

    static boolean online(Desktop desktop) {
        return desktop.on(
                model -> desktop.connection().state() instanceof ConnectionState.Online && model.joined());
    }

    /// Lets the far desktop come back, without waiting for the end of pauses.
    void comesBack() {
        wire.mend();
        until(() -> {
            retryNow(far);
            return online();
        });
    }

    /// How the far desktop was greeted last.
    Greeted greeting() {
        return far.on(_ -> Objects.requireNonNull(far.connection().greeted()));
    }

    /// Everybody has every edit, once.
    ///
    /// @param more desktops beside the two
    void everythingArrivedOnce(Desktop... more) {
        List<Desktop> all = new ArrayList<>(List.of(near, far));
        all.addAll(List.of(more));
        until(() -> all.stream().allMatch(desktop -> desktop.on(DashboardModel::unsent) == 0));
        // before that all may stand at one revision and go on between two looks
        until(() -> watcher.titles().containsAll(titles));
        for (Desktop desktop : all) {
            until(() -> desktop.on(model -> model.replica().revision()) == watcher.revision());
            StateHash shown = desktop.on(model -> model.replica().stateHash());
            assertThat(shown).isEqualTo(watcher.stateHash());
            assertThat(desktop.rejections).isEmpty();
            int healed = desktop.on(model -> model.replica().healed());
            assertThat(healed).as("copies that differed").isZero();
        }
        watcher.assertExactlyOnce(titles);
    }

    @Override
    public void close() throws IOException {
        far.close();
        near.close();
        watcher.close();
        wire.close();
    }
}
