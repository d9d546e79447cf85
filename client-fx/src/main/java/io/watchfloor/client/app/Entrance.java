package io.watchfloor.client.app;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SecondFactor;
import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.view.factor.FactorEntryView;
import io.watchfloor.client.view.factor.FactorSetup;
import io.watchfloor.client.view.factor.FactorSetupView;
import io.watchfloor.client.view.signin.InvitationModel;
import io.watchfloor.client.view.signin.InvitationView;
import io.watchfloor.client.view.signin.PasswordModel;
import io.watchfloor.client.view.signin.PasswordView;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.client.view.signin.ServerAddress;
import io.watchfloor.client.view.signin.SignInModel;
import io.watchfloor.client.view.signin.SignInView;
import io.watchfloor.client.view.signin.TrustQuestion;
import io.watchfloor.client.view.signin.WaitingView;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// What stands between the start and the dashboards: signing in with what was kept, with a code or by hand, trusting a
/// server, choosing a password. FX thread only.
final class Entrance {

    private static final Duration RETRY = Duration.seconds(5);
    private static final Duration UNLOCKING = Duration.seconds(2);

    /// What is behind it.
    interface Beyond {

        /// Lets somebody in who is signed in.
        void enter(URI server, Account account);

        /// An account turns out to be disabled: nothing may be kept of it here.
        ///
        /// @return what to tell of it
        String disabled(URI server, String name);

        /// Nobody can come in without a person at the keyboard.
        ///
        /// @return whether nobody is to be asked
        boolean turnedAway(String why);
    }

    private final StackPane window;
    private final SignInKeeper keeper;
    private final Settings settings;
    private final Machinery machinery;
    private final Beyond beyond;
    private @Nullable Timeline next;
    /// Tells whether an answer is still of use.
    private int attempt;

    /// @param window whose content its screens become
    Entrance(StackPane window, SignInKeeper keeper, Settings settings, Machinery machinery, Beyond beyond) {
        this.window = window;
        this.keeper = keeper;
        this.settings = settings;
        this.machinery = machinery;
        this.beyond = beyond;
    }

    /// Signs in with what there is, and asks where that is not enough.
    ///
    /// @param codeFile holds a one-time code; is deleted
    void open(URI server, @Nullable Path codeFile) {
        KeptSignIn kept = keeper.at(server);
        if (codeFile != null) {
            signInWithCode(server, codeFile);
        } else if (kept.known()) {
            resume(server, kept);
        } else {
            askToSignIn(server, "");
        }
    }

    /// Gives up trying.
    void close() {
        stopWaiting();
        attempt++;
    }

    private void show(Node screen) {
        window.getChildren().setAll(screen);
    }

    private void signInWithCode(URI server, Path file) {
        String code;
        try {
            code = Files.readString(file, StandardCharsets.UTF_8).strip();
            Files.delete(file);
        } catch (IOException e) {
            turnAway(server, "The sign-in code in " + file + " cannot be read or deleted (" + e.getMessage() + ").");
            return;
        }
        WaitingView waiting = new WaitingView(() -> {}, () -> askToSignIn(server, ""));
        waiting.waiting("Signing in at " + server.getAuthority() + ".");
        show(waiting.node());
        var _ = machinery.rest(server).signInWithCode(code).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<Account>(Account account) -> signedIn(server, account, "");
                case Outcome.Refused<Account> refused -> turnAway(server, refused.sentence());
                case Outcome.Unreachable<Account> unreachable -> turnAway(server, unreachable.sentence());
            }
        });
    }

    /// Shows why one has to sign in by hand.
    ///
    /// @param why may be empty
    void turnAway(URI server, String why) {
        if (why.isEmpty() || !beyond.turnedAway(why)) {
            askToSignIn(server, why);
        }
    }

    private void resume(URI server, KeptSignIn kept) {
        WaitingView waiting = new WaitingView(() -> resume(server, kept), () -> askToSignIn(server, ""));
        show(waiting.node());
        resume(server, kept, waiting);
    }

    private void resume(URI server, KeptSignIn kept, WaitingView waiting) {
        stopWaiting();
        waiting.waiting("Signing in at " + server.getAuthority() + ".");
        int now = ++attempt;
        after(UNLOCKING, () -> waiting.held("The sign-in is in the key store of this computer, which has not answered"
                + " yet. Maybe it asks to be unlocked."));
        var _ = kept.find().thenAccept(found -> {
            // he may have signed in by hand meanwhile
            if (now == attempt) {
                stopWaiting();
                resume(server, kept, waiting, found);
            }
        });
    }

    private void resume(URI server, KeptSignIn kept, WaitingView waiting, KeptSignIn.Found found) {
        KeptSignIn.Kept sign = found.kept();
        if (sign == null) {
            turnAway(server, found.why());
            return;
        }
        KeptSignIn.Who who = sign.who();
        waiting.waiting("Signing in at " + server.getAuthority() + ".");
        int now = attempt;
        var _ = machinery.rest(server).resume(sign.refreshToken()).thenAccept(outcome -> {
            // the window may have been closed meanwhile
            if (now != attempt) {
                return;
            }
            switch (outcome) {
                case Outcome.Ok<Account>(Account account) -> signedIn(server, account, "");
                case Outcome.Refused<Account> refused when refused.disabled() -> {
                    // first of all: where the program ends in between, the next start asks and erases again
                    String told = who == null ? refused.sentence() : beyond.disabled(server, who.name());
                    kept.forget();
                    turnAway(server, told);
                }
                case Outcome.Refused<Account> _ -> {
                    kept.forget();
                    turnAway(server, "Sign in again: the last time was too long ago, or was ended.");
                }
                case Outcome.Unreachable<Account> _ when who != null -> beyond.enter(server,
                        machinery.rest(server).resumeLater(sign.refreshToken(), who.name(), who.role()));
                case Outcome.Unreachable<Account> unreachable -> {
                    waiting.failed(unreachable.sentence() + " Trying again every few seconds.");
                    after(RETRY, () -> resume(server, kept, waiting));
                }
            }
        });
    }

    private void after(Duration time, Runnable step) {
        stopWaiting();
        next = new Timeline(new KeyFrame(time, _ -> step.run()));
        next.play();
    }

    private void stopWaiting() {
        if (next != null) {
            next.stop();
            next = null;
        }
    }

    private void askToSignIn(URI server, String why) {
        stopWaiting();
        attempt++;
        SignInModel model = new SignInModel(this::signIn, Pause.real());
        model.serverProperty().set(server.toString());
        model.nameProperty().set(settings.account().orElse(""));
        SignInView view = new SignInView(model, () -> askForInvitation(address(model, server)));
        show(view.node());
        view.focus();
        if (!why.isEmpty()) {
            model.tell(why);
        }
        beyond.turnedAway(
                "A picture needs somebody signed in. Sign in once without --shot, or give --sign-in-code-file.");
    }

    /// What was typed as the server, where it is an address.
    private static URI address(SignInModel model, URI otherwise) {
        try {
            return ServerAddress.parse(model.serverProperty().get());
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    private void askForInvitation(URI server) {
        InvitationModel model = new InvitationModel(server, this::accept, Pause.real());
        InvitationView view = new InvitationView(model, () -> askToSignIn(server, ""));
        show(view.node());
        view.focus();
    }

    private CompletableFuture<Outcome<Account>> accept(URI server, String code, @Nullable String name,
            String password) {
        return machinery.rest(server).acceptInvitation(code, name, password).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Ok<Account>(Account account)) {
                signedIn(server, account, password);
            }
            return asked(server, outcome, () -> accept(server, code, name, password));
        });
    }

    private CompletableFuture<Outcome<Account>> signIn(URI server, String name, String password,
            @Nullable String code) {
        return machinery.rest(server).signIn(name, password, code).thenCompose(outcome -> {
            if (outcome instanceof Outcome.Ok<Account>(Account account)) {
                signedIn(server, account, password);
            }
            return asked(server, outcome, () -> signIn(server, name, password, code));
        });
    }

    /// Where nobody vouches for the server, the person decides whether to try again.
    private CompletableFuture<Outcome<Account>> asked(URI server, Outcome<Account> outcome,
            Supplier<CompletableFuture<Outcome<Account>>> again) {
        UnknownServer unknown = outcome instanceof Outcome.Unreachable<Account> unreachable
                ? unreachable.unknown()
                : null;
        return unknown == null
                ? CompletableFuture.completedFuture(outcome)
                : ask(server, unknown).thenCompose(trusts -> trusts
                        ? again.get()
                        : CompletableFuture.completedFuture(outcome));
    }

    /// Shows the fingerprint of a server that nobody vouches for, and lets the person decide.
    private CompletableFuture<Boolean> ask(URI server, UnknownServer unknown) {
        CompletableFuture<Boolean> decided = new CompletableFuture<>();
        TrustQuestion question = new TrustQuestion(server, unknown);
        question.show(window, trusts -> {
            if (trusts) {
                machinery.trust().trust(server, unknown.fingerprint());
                settings.trust(server, unknown.fingerprint());
            }
            decided.complete(trusts);
        });
        return decided;
    }

    /// Lets somebody in, once there is nothing more that the server wants of him.
    ///
    /// @param password just signed in with; empty where it is not known
    void signedIn(URI server, Account account, String password) {
        if (account.mustChangePassword()) {
            changePassword(server, account, password);
        } else if (account.mustAddSecondFactor()) {
            addSecondFactor(server, account, password);
        } else {
            beyond.enter(server, account);
        }
    }

    private void changePassword(URI server, Account account, String password) {
        PasswordModel model = new PasswordModel(password, (before, after) -> account.changePassword(before, after)
                .thenApply(outcome -> {
                    if (outcome instanceof Outcome.Ok<?>) {
                        signedIn(server, account, after);
                    }
                    return outcome;
                }), Pause.real());
        PasswordView view = new PasswordView(model);
        show(view.node());
        view.focus();
    }

    private void addSecondFactor(URI server, Account account, String password) {
        FactorSetup model = new FactorSetup(SecondFactor.of(account), Pause.real(),
                () -> account.renewTokens().thenApply(outcome -> {
                    if (outcome instanceof Outcome.Ok<?>) {
                        signedIn(server, account, "");
                    }
                    return outcome;
                }));
        FactorEntryView view = new FactorEntryView(model,
                new FactorSetupView(model, account.name(), server.toString(), name -> FilePlace.choose(window, name)),
                () -> {
                    var _ = account.signOut();
                    askToSignIn(server, "");
                });
        show(view.node());
        view.focus();
        model.begin(password);
    }
}
