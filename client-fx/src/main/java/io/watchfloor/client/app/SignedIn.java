package io.watchfloor.client.app;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.ConnectionState;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.sync.rest.Sharing;
import io.watchfloor.client.view.dashboard.DashboardView;
import io.watchfloor.client.view.window.ConnectionText;
import io.watchfloor.client.view.window.Page;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.view.window.Shell;
import io.watchfloor.client.view.window.StatusLine;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.Tokens;
import java.net.URI;
import java.time.ZoneId;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Parent;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Everything that lives from signing in to signing out: the connection, the outbox, the window's content. FX thread
/// only.
final class SignedIn implements AutoCloseable {

    private static final Duration BEAT = Duration.millis(500);

    /// What leads out of it.
    interface Actions {

        void switchTheme();

        void signOut();

        /// The account is disabled: nobody may work with it, and nothing may be kept of it here.
        void disabled();

        /// Signs in anew, as after the session has ended.
        ///
        /// @param why what to tell of it; may be empty
        void signInAgain(String why);

        /// The server wants something of the person before anything else: another password, or a second factor.
        void heldUp();

        /// @param title of the dashboard in sight, or empty
        void titled(String title);
    }

    private final Account account;
    private final Machinery machinery;
    private final Settings settings;
    private final Actions actions;
    private final Outbox outbox;
    private final Connection connection;
    private final ConnectionText connectionText = new ConnectionText(ZoneId.systemDefault());
    private final StatusLine status;
    private final Shelf shelf;
    private final Shell shell;
    private final Pages pages;
    private final Timeline beat = new Timeline(new KeyFrame(BEAT, _ -> showStatus()));
    private @Nullable Screen screen;
    private @Nullable DashboardModel model;
    private @Nullable DashboardView view;
    private boolean closed;

    SignedIn(URI server, Account account, Machinery machinery, Settings settings, Outbox outbox, Actions actions) {
        this.account = account;
        this.machinery = machinery;
        this.settings = settings;
        this.outbox = outbox;
        this.actions = actions;
        connection = new Connection(server, machinery.transport(), account, outbox, machinery.surroundings());
        status = new StatusLine(new StatusActions());
        status.setWhere(account.name() + " at " + server.getAuthority());
        shelf = new Shelf(account, outbox, connection::serverTime);
        shell = new Shell(account.name(), Pages.of(account.role()), status, new RailActions());
        pages = new Pages(server, account, machinery, shelf, shell, new PageWays());
        beat.setCycleCount(Animation.INDEFINITE);
    }

    Parent node() {
        return shell.node();
    }

    /// Connects, and shows the list.
    void start() {
        connection.listen(this::connectionChanged);
        connection.listenToNotices(this::say);
        connection.onDisabled(actions::disabled);
        account.onTokens(this::renewed);
        connectionText.changed(connection.state(), now());
        connection.start();
        beat.play();
        showStatus();
        showList();
        String problem = outbox.problem();
        if (problem != null) {
            shell.toasts().show(problem);
        }
    }

    /// Shows nothing that leads elsewhere, as on a wall.
    void bare() {
        shell.bare();
    }

    void say(String sentence) {
        shell.toasts().show(sentence);
    }

    int unsent() {
        return connection.unsent();
    }

    @Nullable
    DashboardView view() {
        return view;
    }

    /// Whether an open dashboard is as new as the server's.
    boolean joined() {
        return model != null && model.joined();
    }

    Shelf shelf() {
        return shelf;
    }

    /// Ends the connection, and erases all that is kept on this computer, edits that were not sent too.
    ///
    /// @return what to tell of it
    String discard() {
        end();
        return DisabledAccount.erase(account.name(), outbox);
    }

    /// Erases what is kept on this computer but edits that were not sent, as when the account signs out.
    void forget() {
        outbox.erase();
    }

    void open(DashboardRow row) {
        leaveScreen();
        DashboardModel opened = DashboardModel.open(connection, row.id(), machinery.surroundings().random());
        model = opened;
        opened.listen(new ModelListener() {
            @Override
            public void unsentChanged(int count) {
                showStatus();
            }

            @Override
            public void dashboardChanged() {
                actions.titled(opened.title());
            }
        });
        DashboardView shown = new DashboardView(opened, new DashboardView.Place(shell.toasts(), machinery.pulse(),
                new DashboardView.AtServer(Past.of(account, row.id()), Sharing.of(account, row.id())),
                settings.editing(), settings::editing, this::showList));
        view = shown;
        actions.titled(row.title());
        shell.show(shown.node(), null);
        shown.focus();
    }

    /// Shows one of the places that the rail leads to.
    void show(Page page) {
        leaveScreen();
        Screen shown = pages.open(page);
        screen = shown;
        actions.titled(page == Page.DASHBOARDS ? "" : page.title());
        shell.show(shown.node(), page);
        shown.focus();
    }

    void showList() {
        show(Page.DASHBOARDS);
    }

    private void leaveScreen() {
        if (screen != null) {
            screen.dispose();
            screen = null;
        }
        if (view != null) {
            view.dispose();
            view = null;
        }
        if (model != null) {
            model.close();
            model = null;
        }
    }

    private void connectionChanged(ConnectionState state) {
        connectionText.changed(state, now());
        showStatus();
        if (state instanceof ConnectionState.Stopped(String reason, boolean signedOut) && signedOut) {
            actions.signInAgain(ConnectionText.kept(reason, connection.unsent()));
        }
    }

    private void renewed(Tokens tokens) {
        if (closed) {
            return;
        }
        if (tokens.mustChangePassword() || tokens.mustAddSecondFactor()) {
            actions.heldUp();
        } else if (connection.state() instanceof ConnectionState.Waiting) {
            // a change of the password has closed the connection, and the new tokens are there now
            connection.retryNow();
        }
    }

    private void showStatus() {
        status.show(connectionText.line(now(), connection.unsent()));
    }

    private long now() {
        return machinery.surroundings().time().wall();
    }

    boolean isClosed() {
        return closed;
    }

    /// Ends the connection; edits that were not sent stay in the outbox.
    @Override
    public void close() {
        end();
        outbox.close();
    }

    private void end() {
        closed = true;
        shelf.close();
        beat.stop();
        leaveScreen();
        connection.close();
    }

    private final class StatusActions implements StatusLine.Actions {

        @Override
        public void retry() {
            connection.retryNow();
        }

        @Override
        public void signInAgain() {
            actions.signInAgain("");
        }
    }

    private final class PageWays implements Pages.Ways {

        @Override
        public void open(DashboardRow row) {
            SignedIn.this.open(row);
        }

        @Override
        public void signOut() {
            actions.signOut();
        }

        @Override
        public long serverTime() {
            return connection.serverTime();
        }
    }

    private final class RailActions implements Shell.Actions {

        @Override
        public void show(Page page) {
            SignedIn.this.show(page);
        }

        @Override
        public void switchTheme() {
            actions.switchTheme();
        }
    }
}
