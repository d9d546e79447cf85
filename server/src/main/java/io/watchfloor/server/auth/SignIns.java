package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.auth.AccessTokens.Issued;
import io.watchfloor.server.auth.PasswordHasher.BusyException;
import io.watchfloor.server.auth.RefreshTokens.Renewal;
import io.watchfloor.server.auth.SignInResult.CodeNeeded;
import io.watchfloor.server.auth.SignInResult.Later;
import io.watchfloor.server.auth.SignInResult.SignedIn;
import io.watchfloor.server.auth.SignInResult.Unfit;
import io.watchfloor.server.auth.SignInResult.Wrong;
import io.watchfloor.server.auth.SignInResult.WrongCode;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TokenHash;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives tokens to those who prove who they are, by password, one-time code or refresh token.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class SignIns {

    private final AccountStore accounts;
    private final PasswordHasher hasher;
    private final SecondFactors factors;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Rights rights;
    private final InstantSource clock;
    private final SignInLimits limits;

    /// What makes tokens.
    public record Mint(AccessTokens accessTokens, RefreshTokens refreshTokens) {}

    /// What proves who somebody is.
    public record Proofs(PasswordHasher hasher, SecondFactors factors) {}

    public SignIns(AccountStore accounts, Proofs proofs, Mint mint, Rights rights, SignInLimits limits,
            InstantSource clock) {
        this.accounts = accounts;
        this.hasher = proofs.hasher();
        this.factors = proofs.factors();
        this.accessTokens = mint.accessTokens();
        this.refreshTokens = mint.refreshTokens();
        this.rights = rights;
        this.limits = limits;
        this.clock = clock;
    }

    /// @param code of the second factor, or a recovery code; absent where none was given
    /// @param kept keeps the sign-in, and that the code was used, together with the record of it
    public SignInResult withPassword(String name, String password, @Nullable String code, Device device,
            Keeping kept) {
        return limited(limits.withPassword(device.address(), name), () -> {
            Account account = AccountRules.mayBeName(name) ? accounts.account(name) : null;
            String hash = account == null ? null : account.password();
            if (!hasher.fits(password, hash) || account == null || hash == null || account.disabled()) {
                return new Wrong();
            }
            if (hasher.isOutdated(hash)) {
                accounts.rehash(account.name(), hash, hasher.hash(password));
            }
            return factors.has(account.name())
                    ? withFactor(account, code, device, kept)
                    : kept.keep(() -> start(account, Proof.PASSWORD, device));
        });
    }

    private SignInResult withFactor(Account account, @Nullable String code, Device device, Keeping kept) {
        if (code == null) {
            return new CodeNeeded();
        }
        return limited(limits.secondFactor(account.name()),
                () -> kept.keep(() -> {
                    Proof proof = factors.proofOf(account.name(), code);
                    return proof == null ? new WrongCode() : start(account, proof, device);
                }));
    }

    /// @param code as the server wrote it; works once
    /// @param kept keeps the sign-in, and that the code was used, together with the record of it
    public SignInResult withCode(String code, Device device, Keeping kept) {
        return limited(limits.withCode(device.address()), () -> kept.keep(() -> {
            String name = accounts.takeCode(TokenHash.of(code.strip()), clock.millis());
            Account account = name == null ? null : accounts.account(name);
            return account == null ? new Wrong() : start(account, Proof.ONE_TIME_CODE, device);
        }));
    }

    /// Signs in to an account that whoever asks has made a moment ago, with a password that needs not be looked at again.
    ///
    /// @param kept keeps the sign-in together with the record of it
    public SignInResult asMade(String name, Device device, Keeping kept) {
        Account account = accounts.account(name);
        return account == null ? new Wrong() : kept.keep(() -> start(account, Proof.PASSWORD, device));
    }

    public SignInResult renew(String refreshToken, Device device) {
        return limited(limits.renewal(device.address()), () -> {
            // asked before the token is used up, so that the same is told however often it is sent
            String holder = refreshTokens.accountOf(refreshToken);
            Account account = holder == null ? null : accounts.account(holder);
            return account != null && account.disabled()
                    ? new SignInResult.Disabled()
                    : switch (refreshTokens.renew(refreshToken, device)) {
                        case Renewal.Renewed(RefreshTokens.Issued issued) -> renewed(issued);
                        case Renewal.Refused _ -> new Wrong();
                        case Renewal.Reused(String reused) -> {
                            rights.changed();
                            yield new SignInResult.Reused(reused);
                        }
                    };
        });
    }

    private SignInResult renewed(RefreshTokens.Issued issued) {
        Account account = accounts.account(issued.account());
        if (account == null) {
            return new Wrong();
        }
        return account.disabled()
                ? new SignInResult.Disabled()
                : new SignedIn(tokens(account, issued), Proof.REFRESH_TOKEN);
    }

    /// Whether somebody who is signed in knows his password still.
    ///
    /// @return [Unfit] where he does, as nothing else came of it
    public SignInResult confirmPassword(String name, String password) {
        return limited(limits.passwordChange(name), () -> {
            Account account = accounts.account(name);
            return hasher.fits(password, account == null ? null : account.password())
                    ? new Unfit("The password is right.")
                    : new Wrong();
        });
    }

    /// Whether a code is of the authenticator that waits for its confirmation. Guesses count like those at a sign-in.
    ///
    /// @return [Unfit] where it is, as nothing else came of it
    public SignInResult checkPending(String name, String code) {
        return limited(limits.secondFactor(name), () -> factors.isOfPending(name, code)
                ? new Unfit("The code is right.")
                : new WrongCode());
    }

    /// Changes the password of an account, which ends all its sign-ins, and begins one.
    ///
    /// @param kept keeps the change together with the record of it
    public SignInResult changePassword(String name, String oldPassword, String newPassword, Device device,
            Keeping kept) {
        String problem = AccountRules.problemOfPassword(newPassword, name);
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
            String hash = hasher.hash(newPassword);
            SignInResult result = kept.keep(() -> {
                Account changed = accounts.changePassword(account.name(), hash);
                return changed == null ? new Wrong() : start(changed, Proof.PASSWORD, device);
            });
            rights.changed();
            return result;
        });
    }

    /// Ends the sign-in that a refresh token belongs to.
    ///
    /// @return the account's name; null where there was none to end
    public @Nullable String end(String refreshToken) {
        return refreshTokens.end(refreshToken);
    }

    /// To be called when sign-ins have ended for good: all instances hear of it.
    public void changed() {
        rights.changed();
    }

    /// Keeps what a step changes together with the record of what came of it, or throws and keeps neither.
    @FunctionalInterface
    public interface Keeping {

        SignInResult keep(Supplier<SignInResult> step);
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
            case Unfit _, Later _, CodeNeeded _ -> attempt.takeBack();
            case Wrong _, WrongCode _, SignInResult.Reused _, SignInResult.Disabled _ -> {}
        }
        return result;
    }

    private SignInResult start(Account account, Proof by, Device device) {
        if (account.disabled()) {
            return new Wrong();
        }
        // Who signs in with a code that the server wrote into a file has shown that the machine is his.
        boolean passwordMayBeDue = by == Proof.ONE_TIME_CODE;
        return new SignedIn(tokens(account, refreshTokens.start(account.name(), passwordMayBeDue, device)), by);
    }

    private Tokens tokens(Account account, RefreshTokens.Issued refresh) {
        boolean due = account.mustChangePassword() && !refresh.passwordMayBeDue();
        boolean factorDue = !refresh.passwordMayBeDue() && factors.isRequired(account.role())
                && !factors.has(account.name());
        Issued access = accessTokens.issue(account, refresh.signIn(), refresh.passwordMayBeDue());
        return new Tokens(access.token(), access.expiresAt(), refresh.token(), account.name(), account.role(), due,
                factorDue);
    }
}
