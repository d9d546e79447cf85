package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.auth.AccessTokens.Issued;
import io.watchfloor.server.auth.PasswordHasher.BusyException;
import io.watchfloor.server.auth.RefreshTokens.Renewed;
import io.watchfloor.server.auth.SignInResult.Later;
import io.watchfloor.server.auth.SignInResult.SignedIn;
import io.watchfloor.server.auth.SignInResult.Unfit;
import io.watchfloor.server.auth.SignInResult.Wrong;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TokenHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/// Gives tokens to those who prove who they are, by password, one-time code or refresh token.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class SignIns {

    private final AccountStore accounts;
    private final PasswordHasher hasher;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Rights rights;
    private final InstantSource clock;
    private final SignInLimits limits;

    /// What makes tokens.
    public record Mint(AccessTokens accessTokens, RefreshTokens refreshTokens) {}

    public SignIns(AccountStore accounts, PasswordHasher hasher, Mint mint, Rights rights, SignInLimits limits,
            InstantSource clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.accessTokens = mint.accessTokens();
        this.refreshTokens = mint.refreshTokens();
        this.rights = rights;
        this.limits = limits;
        this.clock = clock;
    }

    /// @param address of the one who asks, for counting
    public SignInResult withPassword(String name, String password, String address) {
        return limited(limits.withPassword(address, name), () -> {
            Account account = accounts.account(name);
            boolean fits = hasher.fits(password, account == null ? null : account.password());
            return fits && account != null ? start(account, false) : new Wrong();
        });
    }

    /// @param code as the server wrote it; works once
    public SignInResult withCode(String code, String address) {
        return limited(limits.withCode(address), () -> {
            String name = accounts.takeCode(TokenHash.of(code.strip()), clock.millis());
            Account account = name == null ? null : accounts.account(name);
            return account == null ? new Wrong() : start(account, true);
        });
    }

    /// @param address of the one who asks, for counting
    public SignInResult renew(String refreshToken, String address) {
        return limited(limits.renewal(address), () -> renewed(refreshToken));
    }

    private SignInResult renewed(String refreshToken) {
        Renewed renewed = refreshTokens.renew(refreshToken);
        Account account = renewed == null ? null : accounts.account(renewed.account());
        if (renewed == null || account == null) {
            return new Wrong();
        }
        if (account.disabled()) {
            refreshTokens.end(renewed.token());
            return new Wrong();
        }
        return new SignedIn(tokens(account, renewed.token(), renewed.passwordMayBeDue()));
    }

    /// Changes the password of an account, which ends all its other sign-ins.
    public SignInResult changePassword(String name, String oldPassword, String newPassword) {
        String problem = AccountRules.problemOfPassword(newPassword);
        if (problem != null) {
            return new Unfit("The new password " + problem + ".");
        }
        return limited(limits.passwordChange(name), () -> {
            Account account = accounts.account(name);
            if (!hasher.fits(oldPassword, account == null ? null : account.password()) || account == null) {
                return new Wrong();
            }
            if (newPassword.equals(oldPassword)) {
                return new Unfit("The new password must differ from the old one.");
            }
            Account changed = accounts.changePassword(account.name(), hasher.hash(newPassword));
            rights.changed();
            return changed == null ? new Wrong() : start(changed, false);
        });
    }

    /// Ends the sign-in that a refresh token belongs to.
    public void end(String refreshToken) {
        refreshTokens.end(refreshToken);
    }

    private static SignInResult limited(SignInLimits.Attempt attempt, Supplier<SignInResult> made) {
        return switch (attempt.verdict()) {
            case Verdict.TooOften(Duration pause) -> new Later(Verdict.seconds(pause), false);
            case Verdict.Uncounted(Duration pause) -> new Later(Verdict.seconds(pause), true);
            case Verdict.Passed _ -> counted(attempt, made);
        };
    }

    private static SignInResult counted(SignInLimits.Attempt attempt, Supplier<SignInResult> made) {
        SignInResult result;
        try {
            result = made.get();
        } catch (BusyException e) {
            result = new Later(1, true);
        } catch (StoreException e) {
            attempt.takeBack();
            throw e;
        }
        switch (result) {
            case SignedIn _ -> attempt.succeeded();
            case Unfit _, Later _ -> attempt.takeBack();
            case Wrong _ -> {}
        }
        return result;
    }

    private SignInResult start(Account account, boolean passwordMayBeDue) {
        if (account.disabled()) {
            return new Wrong();
        }
        return new SignedIn(tokens(account, refreshTokens.start(account.name(), passwordMayBeDue), passwordMayBeDue));
    }

    private Tokens tokens(Account account, String refreshToken, boolean passwordMayBeDue) {
        boolean due = account.mustChangePassword() && !passwordMayBeDue;
        Issued access = accessTokens.issue(account, due);
        return new Tokens(access.token(), access.expiresAt(), refreshToken, account.name(), account.role(), due);
    }
}
