package io.watchfloor.client.app;

import io.watchfloor.client.sync.outbox.MvStoreOutbox;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.signin.ServerAddress;
import io.watchfloor.client.view.window.Question;
import io.watchfloor.protocol.rest.DashboardRow;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.IntConsumer;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// The composition root: one window, who is signed in to it, and everything that runs for it. FX thread only.
public final class Desktop {

    private static final System.Logger LOG = System.getLogger(Desktop.class.getName());

    private final Options options;
    private final StateDirectory directory;
    private final Settings settings;
    private final Machinery machinery;
    private final SignInKeeper keeper;
    private final IntConsumer end;
    private final Stage stage = new Stage();
    private final StackPane root = new StackPane();
    private final Scene scene = new Scene(root);
    private final Entrance entrance;
    private Theme theme;
    private final KioskEntrance kioskEntrance;
    private @Nullable SignedIn signedIn;
    private @Nullable Shot shot;
    private boolean toOpen;

    private Desktop(Options options, StateDirectory directory, Settings settings, Machinery machinery,
            SignInKeeper keeper, IntConsumer end) {
        this.options = options;
        this.directory = directory;
        this.machinery = machinery;
        this.keeper = keeper;
        this.end = end;
        this.settings = settings;
        theme = options.theme() == null ? settings.theme() : options.theme();
        toOpen = options.open() != null;
        entrance = new Entrance(root, keeper, settings, machinery, new Doorkeeper());
        kioskEntrance = new KioskEntrance(root, machinery, this::enterKiosk);
    }

    /// Opens the window, on the running toolkit.
    ///
    /// @param end told the exit status, on any thread, once the window is closed and nothing runs any more
    /// @throws IOException where the state directory cannot be used
    public static Desktop open(Options options, IntConsumer end) throws IOException {
        Path state = options.stateDirectory();
        StateDirectory directory = new StateDirectory(state == null ? StateDirectory.usual() : state);
        Settings settings = new Settings(directory);
        Machinery machinery = new Machinery(ServerTrust.of(options.ca(), settings.trusted()),
                ThisDevice.of(directory));
        SignInKeeper keeper = new SignInKeeper(directory, options.keepSignIn(), new KeyringSecretStore(),
                SignInPlaces.Patience.USUAL, machinery.surroundings().owner());
        Desktop desktop = new Desktop(options, directory, settings, machinery, keeper, end);
        desktop.start();
        return desktop;
    }

    /// Closes the window, as its frame's own button does.
    public void quit() {
        stage.hide();
    }

    private void start() {
        Theme.apply(scene, theme);
        stage.setScene(scene);
        stage.setTitle("Watchfloor");
        stage.getIcons().addAll(WindowIcon.sizes());
        size();
        stage.setOnHidden(_ -> close(0));
        Path picture = options.shot();
        if (picture != null) {
            shot = new Shot(scene, theme, picture, () -> signedIn, this::close);
            shot.start();
        }
        URI server = options.server() != null
                ? options.server()
                : settings.server().map(URI::create).orElse(ServerAddress.USUAL);
        if (options.kiosk() == null) {
            entrance.open(server, options.signInCodeFile());
        } else {
            stage.setFullScreenExitHint("");
            stage.setFullScreen(true);
            kioskEntrance.open(options.kiosk(), server);
        }
        stage.show();
    }

    private void size() {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setMinWidth(720);
        stage.setMinHeight(480);
        stage.setWidth(Math.min(1440, screen.getWidth() * 0.92));
        stage.setHeight(Math.min(900, screen.getHeight() * 0.92));
        stage.centerOnScreen();
    }

    private void enter(URI server, Account account) {
        settings.signedIn(server.toString(), account.name());
        KeptSignIn kept = keeper.at(server);
        kept.keep(account.refreshToken(), account.name(), account.role());
        account.onTokens(tokens -> kept.keep(tokens.refreshToken(), tokens.name(), tokens.role()));
        Outbox outbox = outbox(server, account.name());
        Ways ways = new Ways(server, account, kept);
        account.onDisabled(ways::disabled);
        SignedIn entered = new SignedIn(server, account, machinery, settings, outbox, ways);
        signedIn = entered;
        root.getChildren().setAll(entered.node());
        entered.start();
        if (toOpen && options.open() != null) {
            toOpen = false;
            new Opening(entered, options.open(), options.shot() == null).start();
        }
    }

    private void enterKiosk(KioskFile kiosk, Account account) {
        Outbox outbox = outbox(kiosk.server(), account.name());
        SignedIn entered = new SignedIn(kiosk.server(), account, machinery, settings, outbox,
                new WallWays(kiosk));
        signedIn = entered;
        entered.bare();
        root.getChildren().setAll(entered.node());
        entered.start();
        toOpen = false;
        openOnWall(entered, kiosk);
    }

    /// The dashboard that is asked for, or the first of those it was made for, or any.
    private void openOnWall(SignedIn entered, KioskFile kiosk) {
        String title = options.open();
        new Opening(entered, rows -> rows.stream().min(Comparator
                .<DashboardRow, Boolean>comparing(row -> !row.title().equalsIgnoreCase(title))
                .thenComparingInt(row -> place(kiosk, row))), title == null ? "" : title, false).start();
    }

    private static int place(KioskFile kiosk, DashboardRow row) {
        int at = kiosk.dashboards().indexOf(row.id());
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private Outbox outbox(URI server, String account) {
        return MvStoreOutbox.open(directory.file("outbox"), server.toString(), account,
                machinery.surroundings().random(), machinery.surroundings().time().wall());
    }

    /// @param why what to tell of it; may be empty
    private void leave(URI server, String why) {
        endSignedIn();
        entrance.turnAway(server, why);
    }

    /// What is shown stays until something else is.
    private void endSignedIn() {
        SignedIn left = signedIn;
        signedIn = null;
        stage.setTitle("Watchfloor");
        if (left != null) {
            left.close();
        }
    }

    /// Ends everything that runs for the window, then tells so.
    private void close(int status) {
        entrance.close();
        kioskEntrance.close();
        if (shot != null) {
            shot.stop();
        }
        SignedIn left = signedIn;
        signedIn = null;
        try {
            if (left != null) {
                left.close();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Not everything could be closed in good order.", e);
        }
        machinery.close();
        stage.setOnHidden(null);
        stage.hide();
        var _ = keeper.close().thenRun(() -> end.accept(status));
    }

    private final class Doorkeeper implements Entrance.Beyond {

        @Override
        public void enter(URI server, Account account) {
            Desktop.this.enter(server, account);
        }

        @Override
        public String disabled(URI server, String name) {
            return DisabledAccount.erase(name, outbox(server, name));
        }

        @Override
        public boolean turnedAway(String why) {
            if (shot == null) {
                return false;
            }
            shot.fail(why);
            return true;
        }
    }

    /// What leads out of a wall screen: nobody is there to be asked.
    private final class WallWays implements SignedIn.Actions {

        private final KioskFile kiosk;

        WallWays(KioskFile kiosk) {
            this.kiosk = kiosk;
        }

        @Override
        public void switchTheme() {}

        @Override
        public void signOut() {}

        @Override
        public void disabled() {
            SignedIn left = signedIn;
            signedIn = null;
            if (left != null) {
                left.discard();
                kioskEntrance.turnedAway("");
            }
        }

        /// The key may be good again, where it was refused for a moment.
        @Override
        public void signInAgain(String why) {
            SignedIn left = signedIn;
            signedIn = null;
            if (left != null) {
                left.close();
                kioskEntrance.refused(why, kiosk);
            }
        }

        /// A wall screen has neither password nor second factor; should its server ask for one, it tries anew.
        @Override
        public void heldUp() {
            signInAgain("");
        }

        @Override
        public void titled(String title) {
            stage.setTitle(title.isEmpty() ? "Watchfloor" : title + " – Watchfloor");
        }
    }

    /// What leads out of being signed in.
    private final class Ways implements SignedIn.Actions {

        private final URI server;
        private final Account account;
        private final KeptSignIn kept;

        Ways(URI server, Account account, KeptSignIn kept) {
            this.server = server;
            this.account = account;
            this.kept = kept;
        }

        @Override
        public void switchTheme() {
            theme = theme == Theme.DARK ? Theme.LIGHT : Theme.DARK;
            Theme.apply(scene, theme);
            settings.theme(theme);
        }

        @Override
        public void signOut() {
            int unsent = signedIn == null ? 0 : signedIn.unsent();
            if (unsent == 0) {
                signOutNow();
                return;
            }
            String edits = unsent == 1 ? "1 edit has" : unsent + " edits have";
            Question[] asked = new Question[1];
            asked[0] = new Question("Sign out?", edits + " not reached the server. What is not sent stays on this"
                    + " computer and is sent when you sign in here again.", "Stay signed in", "Sign out", yes -> {
                        root.getChildren().remove(asked[0].node());
                        if (yes) {
                            signOutNow();
                        }
                    });
            root.getChildren().add(asked[0].node());
            asked[0].focus();
        }

        private void signOutNow() {
            kept.forget();
            var _ = account.signOut();
            if (signedIn != null) {
                signedIn.forget();
            }
            leave(server, "");
        }

        @Override
        public void disabled() {
            SignedIn left = signedIn;
            // told over the connection and by a request, maybe
            if (left != null) {
                signedIn = null;
                stage.setTitle("Watchfloor");
                String told = left.discard();
                // last of all: where the program ends in between, the next start asks and erases again
                kept.forget();
                entrance.turnAway(server, told);
            }
        }

        @Override
        public void signInAgain(String why) {
            kept.forget();
            leave(server, why);
        }

        @Override
        public void heldUp() {
            endSignedIn();
            entrance.signedIn(server, account, "");
        }

        @Override
        public void titled(String title) {
            stage.setTitle(title.isEmpty() ? "Watchfloor" : title + " – Watchfloor");
        }
    }
}
