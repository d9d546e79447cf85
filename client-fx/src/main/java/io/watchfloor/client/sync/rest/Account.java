package io.watchfloor.client.sync.rest;

import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.Tokens;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The signed-in account. It renews its access token by itself, one renewal at a time, for a refresh token works only
/// once. Futures complete on the owner executor of its [RestClient], and never exceptionally. Thread-safe.
public final class Account implements Credentials {

    private static final int UNAUTHORIZED = 401;
    /// A key was not the right one.
    private static final String WRONG = ProblemCode.WRONG_CREDENTIALS.code();

    /// A request that has no answer but that it was done.
    public record Done() {}

    private final RestClient client;
    private final List<Consumer<Tokens>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> disabledListeners = new CopyOnWriteArrayList<>();
    private final Supplier<CompletableFuture<Outcome<Tokens>>> renewing;
    private volatile Tokens tokens;
    private @Nullable CompletableFuture<Outcome<Tokens>> renewal;
    /// A change of password that is under way; the tokens from before it are worth nothing once it is done.
    private @Nullable CompletableFuture<Outcome<Tokens>> change;

    Account(RestClient client, Tokens tokens) {
        this.client = client;
        this.tokens = tokens;
        this.renewing = () -> client.refresh(this.tokens.refreshToken());
    }

    /// @param renewing gets new tokens
    Account(RestClient client, Tokens tokens, Supplier<CompletableFuture<Outcome<Tokens>>> renewing) {
        this.client = client;
        this.tokens = tokens;
        this.renewing = renewing;
    }

    private static Done done(byte[] ignoredBody) {
        return new Done();
    }

    public String name() {
        return tokens.name();
    }

    public Role role() {
        return tokens.role();
    }

    /// Whether the account can do nothing before it has another password.
    public boolean mustChangePassword() {
        return tokens.mustChangePassword();
    }

    /// Whether the account can do nothing before it has a second factor.
    public boolean mustAddSecondFactor() {
        return tokens.mustAddSecondFactor();
    }

    /// Signs in without a password, once; a later one takes its place when the account renews its tokens.
    public String refreshToken() {
        return tokens.refreshToken();
    }

    /// The listener is told of each set of new tokens, to keep the refresh token for the next start.
    public Registration onTokens(Consumer<Tokens> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// The listener is told when the server says that the account is disabled.
    public Registration onDisabled(Runnable listener) {
        disabledListeners.add(listener);
        return () -> disabledListeners.remove(listener);
    }

    /// Changes the password, which ends all other sign-ins of the account. This one goes on with new tokens: whoever
    /// needs one meanwhile waits for them.
    public CompletableFuture<Outcome<Done>> changePassword(String oldPassword, String newPassword) {
        return authorised(token -> changePassword(oldPassword, newPassword, token))
                .thenApply(outcome -> outcome.map(_ -> new Done()));
    }

    private CompletableFuture<Outcome<Tokens>> changePassword(String oldPassword, String newPassword, String token) {
        CompletableFuture<Outcome<Tokens>> asked;
        synchronized (this) {
            CompletableFuture<Outcome<Tokens>> before = renewal == null ? change : renewal;
            if (before != null) {
                // tokens that are on their way would take the place of the newer ones
                return before.thenCompose(_ -> changePassword(oldPassword, newPassword, tokens.accessToken()));
            }
            asked = new CompletableFuture<>();
            change = asked;
        }
        var _ = client.changePassword(oldPassword, newPassword, token).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<Tokens>(Tokens fresh)) {
                take(fresh);
            }
            synchronized (this) {
                change = null;
            }
            asked.complete(outcome);
        });
        return asked;
    }

    /// Gets new tokens, as where what the account may do has changed.
    public CompletableFuture<Outcome<Done>> renewTokens() {
        return renew(tokens.accessToken()).thenApply(outcome -> outcome.map(_ -> new Done()));
    }

    /// The dashboards that the account may see.
    public CompletableFuture<Outcome<DashboardList>> dashboards() {
        return authorised(token -> client.get("/dashboards", token, RestClient.reader(DashboardList.class)));
    }

    public CompletableFuture<Outcome<DashboardRow>> createDashboard(String title) {
        return authorised(token -> client.post("/dashboards", new NewDashboard(title), token,
                RestClient.reader(DashboardRow.class)));
    }

    public CompletableFuture<Outcome<Done>> deleteDashboard(DashboardId dashboard) {
        return delete("/dashboards/" + dashboard);
    }

    <T> CompletableFuture<Outcome<T>> get(String path, Class<T> answer) {
        return authorised(token -> client.get(path, token, RestClient.reader(answer)));
    }

    <T> CompletableFuture<Outcome<T>> post(String path, Record body, Class<T> answer) {
        return authorised(token -> client.post(path, body, token, RestClient.reader(answer)));
    }

    /// Asks for something that needs no words.
    <T> CompletableFuture<Outcome<T>> ask(String path, Class<T> answer) {
        return authorised(token -> client.post(path, null, token, RestClient.reader(answer)));
    }

    CompletableFuture<Outcome<Done>> delete(String path) {
        return authorised(token -> client.delete(path, token, Account::done));
    }

    /// @param body absent where the request has none
    CompletableFuture<Outcome<Done>> post(String path, @Nullable Record body) {
        return authorised(token -> client.post(path, body, token, Account::done));
    }

    /// Makes the refresh token worthless.
    public CompletableFuture<Outcome<Done>> signOut() {
        return client.post("/sign-out", new RefreshToken(tokens.refreshToken()), null, Account::done);
    }

    /// Tries with the token at hand, and once more with a new one where that was refused as such.
    private <T> CompletableFuture<Outcome<T>> authorised(Function<String, CompletableFuture<Outcome<T>>> request) {
        String used = tokens.accessToken();
        if (used.isEmpty()) {
            return withNewToken(used, request);
        }
        return request.apply(used).thenCompose(outcome -> {
            boolean refused = outcome instanceof Outcome.Refused<T> denied
                    && denied.status() == UNAUTHORIZED && denied.code().equals("not-signed-in");
            if (!refused) {
                return CompletableFuture.completedFuture(outcome);
            }
            return withNewToken(used, request);
        });
    }

    private <T> CompletableFuture<Outcome<T>> withNewToken(String used,
            Function<String, CompletableFuture<Outcome<T>>> request) {
        return renew(used).thenCompose(renewed -> switch (renewed) {
            case Outcome.Ok<Tokens>(Tokens fresh) -> request.apply(fresh.accessToken());
            case Outcome.Refused<Tokens> denied -> CompletableFuture.completedFuture(denied.as());
            case Outcome.Unreachable<Tokens> unreachable -> CompletableFuture.completedFuture(unreachable.as());
        });
    }

    @Override
    public CompletableFuture<Answer> accessToken(boolean renewed) {
        Tokens now = tokens;
        if (!renewed && !now.accessToken().isEmpty()) {
            // the server says where it has expired; this machine's clock may be wrong
            return CompletableFuture.completedFuture(new Answer.Token(now.accessToken(), now.accessExpiresAt()));
        }
        return renew(now.accessToken()).thenApply(outcome -> switch (outcome) {
            case Outcome.Ok<Tokens>(Tokens fresh) -> new Answer.Token(fresh.accessToken(), fresh.accessExpiresAt());
            case Outcome.Refused<Tokens> refused when refused.disabled() || refused.code().equals(WRONG) ->
                new Answer.Denied(refused.sentence());
            case Outcome.Refused<Tokens> refused -> refused.status() == UNAUTHORIZED
                    ? new Answer.Denied("The sign-in has ended, or was ended from elsewhere. Sign in again.")
                    : new Answer.Unreachable(refused.sentence());
            case Outcome.Unreachable<Tokens> unreachable -> new Answer.Unreachable(unreachable.sentence());
        });
    }

    /// @param used the token that is not good any more; where there is a newer one already, that is the answer
    private CompletableFuture<Outcome<Tokens>> renew(String used) {
        CompletableFuture<Outcome<Tokens>> asked;
        synchronized (this) {
            if (renewal != null) {
                return renewal;
            }
            if (change != null) {
                return change.thenCompose(_ -> renew(used));
            }
            if (!tokens.accessToken().equals(used)) {
                return CompletableFuture.completedFuture(new Outcome.Ok<>(tokens));
            }
            asked = new CompletableFuture<>();
            renewal = asked;
        }
        var _ = renewing.get().thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<Tokens>(Tokens fresh)) {
                take(fresh);
            } else if (outcome instanceof Outcome.Refused<Tokens> refused && refused.disabled()) {
                disabledListeners.forEach(Runnable::run);
            }
            synchronized (this) {
                renewal = null;
            }
            asked.complete(outcome);
        });
        return asked;
    }

    private void take(Tokens fresh) {
        tokens = fresh;
        listeners.forEach(listener -> listener.accept(fresh));
    }
}
