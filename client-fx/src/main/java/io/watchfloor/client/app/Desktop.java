package io.watchfloor.client.app;

import io.watchfloor.client.sync.outbox.MvStoreOutbox;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.signin.PasswordModel;
import io.watchfloor.client.view.signin.PasswordView;
import io.watchfloor.client.view.signin.ServerAddress;
import io.watchfloor.client.view.signin.SignInModel;
import io.watchfloor.client.view.signin.SignInView;
import io.watchfloor.client.view.signin.TrustQuestion;
import io.watchfloor.client.view.signin.WaitingView;
import io.watchfloor.client.view.window.Question;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// The composition root: one window, who is signed in to it, and everything that runs for it. FX thread only.
public final class Desktop {

    private static final System.Logger LOG = System.getLogger(Desktop.class.getName());
    private static final Duration RETRY = Duration.seconds(5);

    private final Options options;
    private final StateDirectory directory;
    private final Settings settings;
    private final Machinery machinery;
    private final IntConsumer end;
    private final Stage stage = new Stage();
    private final StackPane root = new StackPane();
    private final Scene scene = new Scene(root);
    private Theme theme;
    private @Nullable SignedIn signedIn;
    private @Nullable Shot shot;
    private @Nullable Timeline retry;
    private boolean toOpen;

    private Desktop(Options options, StateDirectory directory, Settings settings, Machinery machinery,
            IntConsumer end) {
        this.options = options;
        this.directory = directory;
        this.machinery = machinery;
        this.end = end;
        this.settings = settings;
        theme = options.theme() == null ? settings.theme() : options.theme();
        toOpen = options.open() != null;
    }

    /// Opens the window, on the running toolkit.
    ///
    /// @param end told the exit status once the window is closed and nothing runs any more
    /// @throws IOException where the state directory cannot be used
    public static Desktop open(Options options, IntConsumer end) throws IOException {
        Path state = options.stateDirectory();
        StateDirectory directory = new StateDirectory(state == null ? StateDirectory.usual() : state);
        Settings settings = new Settings(directory);
        Machinery machinery = new Machinery(ServerTrust.of(options.ca(), settings.trusted()));
        Desktop desktop = new Desktop(options, directory, settings, machinery, end);
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
        Path codeFile = options.signInCodeFile();
        KeptSignIn kept = new KeptSignIn(directory, server);
        if (codeFile != null) {
            signInWithCode(server, codeFile);
        } else if (kept.find().isPresent()) {
            resume(server, kept);
        } else {
            askToSignIn(server, "");
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

    private void show(Node screen) {
        root.getChildren().setAll(screen);
    }

    private void signInWithCode(URI server, Path file) {
        String code;
        try {
            code = Files.readString(file, StandardCharsets.UTF_8).strip();
            Files.delete(file);
        } catch (IOException e) {
            giveUp("The sign-in code in " + file + " cannot be read or deleted (" + e.getMessage() + ").", server);
            return;
        }
        WaitingView waiting = new WaitingView(() -> {}, () -> askToSignIn(server, ""));
        waiting.waiting("Signing in at " + server.getAuthority() + ".");
        show(waiting.node());
        var _ = machinery.rest(server).signInWithCode(code).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<Account>(Account account) -> signedIn(server, account, "");
                case Outcome.Refused<Account> refused -> giveUp(refused.sentence(), server);
                case Outcome.Unreachable<Account> unreachable -> giveUp(unreachable.sentence(), server);
            }
        });
    }

    /// Shows why one has to sign in by hand; a picture cannot be taken then.
    private void giveUp(String why, URI server) {
        if (shot != null) {
            shot.fail(why);
        } else {
            askToSignIn(server, why);
        }
    }

    private void resume(URI server, KeptSignIn kept) {
        WaitingView waiting = new WaitingView(() -> resume(server, kept), () -> askToSignIn(server, ""));
        show(waiting.node());
        resume(server, kept, waiting);
    }

    private void resume(URI server, KeptSignIn kept, WaitingView waiting) {
        stopRetrying();
        waiting.waiting("Signing in at " + server.getAuthority() + ".");
        Optional<KeptSignIn.Kept> found = kept.find();
        String token = found.map(KeptSignIn.Kept::refreshToken).orElse("");
        KeptSignIn.Who who = found.map(KeptSignIn.Kept::who).orElse(null);
        var _ = machinery.rest(server).resume(token).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<Account>(Account account) -> signedIn(server, account, "");
                case Outcome.Refused<Account> _ -> {
                    kept.forget();
                    giveUp("Sign in again: the last time was too long ago, or was ended.", server);
                }
                case Outcome.Unreachable<Account> _ when who != null ->
                    enter(server, machinery.rest(server).resumeLater(token, who.name(), who.role()));
                case Outcome.Unreachable<Account> unreachable -> {
                    waiting.failed(unreachable.sentence() + " Trying again every few seconds.");
                    retry = new Timeline(new KeyFrame(RETRY, _ -> resume(server, kept, waiting)));
                    retry.play();
                }
            }
        });
    }

    private void stopRetrying() {
        if (retry != null) {
            retry.stop();
            retry = null;
        }
    }

    private void askToSignIn(URI server, String why) {
        stopRetrying();
        SignInModel model = new SignInModel(this::signIn);
        model.serverProperty().set(server.toString());
        model.nameProperty().set(settings.account().orElse(""));
        SignInView view = new SignInView(model);
        show(view.node());
        view.focus();
        if (!why.isEmpty()) {
            model.tell(why);
        }
        if (shot != null) {
            shot.fail("A picture needs somebody signed in. Sign in once without --shot, or give --sign-in-code-file.");
        }
    }

    private CompletableFuture<Outcome<Account>> signIn(URI server, String name, String password) {
        return machinery.rest(server).signIn(name, password).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Ok<Account>(Account account)) {
                signedIn(server, account, password);
            }
            UnknownServer unknown = outcome instanceof Outcome.Unreachable<Account> unreachable
                    ? unreachable.unknown()
                    : null;
            return unknown == null
                    ? CompletableFuture.completedFuture(outcome)
                    : ask(server, unknown).thenCompose(trusts -> trusts
                            ? signIn(server, name, password)
                            : CompletableFuture.completedFuture(outcome));
        });
    }

    /// Shows the fingerprint of a server that nobody vouches for, and lets the person decide.
    private CompletableFuture<Boolean> ask(URI server, UnknownServer unknown) {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        TrustQuestion question = new TrustQuestion(server, unknown);
        question.show(root, trusts -> {
            if (trusts) {
                machinery.trust().trust(server, unknown.fingerprint());
                settings.trust(server, unknown.fingerprint());
            }
            decided.complete(trusts);
        });
        return decided;
    }

    /// @param password just signed in with; empty where it is not known
    private void signedIn(URI server, Account account, String password) {
        if (!account.mustChangePassword()) {
            enter(server, account);
            return;
        }
        PasswordModel model = new PasswordModel(password, (before, after) -> account.changePassword(before, after)
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Ok<?>) {
                        enter(server, account);
                    }
                    return outcome;
                }));
        PasswordView view = new PasswordView(model);
        show(view.node());
        view.focus();
    }

    private void enter(URI server, Account account) {
        settings.signedIn(server.toString(), account.name());
        KeptSignIn kept = new KeptSignIn(directory, server);
        kept.keep(account.refreshToken(), account.name(), account.role());
        account.onTokens(tokens -> kept.keep(tokens.refreshToken(), tokens.name(), tokens.role()));
        Outbox outbox = MvStoreOutbox.open(directory.file("outbox"), server.toString(), account.name(),
                machinery.surroundings().random(), machinery.surroundings().time().wall());
        Ways ways = new Ways(server, account, kept);
        account.onDisabled(ways::disabled);
        SignedIn entered = new SignedIn(server, account, machinery, settings, outbox, ways);
        signedIn = entered;
        show(entered.node());
        entered.start();
        if (toOpen && options.open() != null) {
            toOpen = false;
            new Opening(entered, options.open(), options.shot() == null).start();
        }
    }

    private void leave(URI server) {
        SignedIn left = signedIn;
        signedIn = null;
        stage.setTitle("Watchfloor");
        if (left != null) {
            left.close();
        }
        askToSignIn(server, "");
    }

    /// Ends everything that runs for the window, then tells so.
    private void close(int status) {
        stopRetrying();
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
        end.accept(status);
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
                signedIn.forget(false);
            }
            leave(server);
        }

        @Override
        public void disabled() {
            kept.forget();
            if (signedIn != null) {
                signedIn.forget(true);
            }
        }

        @Override
        public void signInAgain() {
            kept.forget();
            leave(server);
        }

        @Override
        public void titled(String title) {
            stage.setTitle(title.isEmpty() ? "Watchfloor" : title + " – Watchfloor");
        }
    }
}
