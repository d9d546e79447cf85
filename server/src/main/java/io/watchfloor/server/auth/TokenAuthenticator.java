package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TokenHash;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Checks tokens against keys and rights held in memory; the database is asked only before somebody is refused.
/// Thread-safe.
public final class TokenAuthenticator implements Authenticator {

    private final AccessTokens accessTokens;
    private final Rights rights;
    private final InstantSource clock;
    private final TokenUses uses;
    private final boolean factorOptional;

    /// @param factorOptional whether nobody has to have a second factor, whatever administrators have decided
    public TokenAuthenticator(AccessTokens accessTokens, Rights rights, TokenUses uses, InstantSource clock,
            boolean factorOptional) {
        this.factorOptional = factorOptional;
        this.uses = uses;
        this.accessTokens = accessTokens;
        this.rights = rights;
        this.clock = clock;
    }

    @Override
    public @Nullable Caller authenticate(String bearerToken) {
        return authenticate(bearerToken, Role.VIEWER);
    }

    @Override
    public @Nullable Caller authenticate(String bearerToken, Role least) {
        AccessTokens.Claims claims = accessTokens.verify(bearerToken);
        if (claims == null) {
            return null;
        }
        if (rights.lapsed()) {
            throw new StoreException("For a minute the database has not confirmed who may do what.");
        }
        Caller caller = caller(claims);
        if (caller == null || caller.mustAddSecondFactor() || caller.role().compareTo(least) < 0) {
            // what lets him in may have been done on another instance a moment ago
            rights.refresh();
            caller = caller(claims);
        }
        return caller;
    }

    private @Nullable Caller caller(AccessTokens.Claims claims) {
        Account account = rights.known(claims.account());
        return account == null || account.disabled() || account.generation() != claims.generation()
                || rights.hasEnded(claims.signIn())
                        ? null
                        : caller(account, claims.exempt(), claims.signIn(), claims.expiresAt());
    }

    /// What is due is judged by the account as it is now, not as it was when the token was given.
    private Caller caller(Account account, boolean exempt, UUID signIn, long expiresAt) {
        return new Caller(account.name(), account.role(), expiresAt, account.mustChangePassword() && !exempt,
                !factorOptional && !exempt && rights.isFactorDue(account), exempt, signIn, account.generation());
    }

    @Override
    public boolean hasRunOut(String bearerToken) {
        return accessTokens.hasRunOut(bearerToken);
    }

    @Override
    public Standing standing(Caller caller) {
        if (rights.lapsed()) {
            return new Standing.Unknown();
        }
        Account account = rights.known(caller.account());
        if (account == null || account.disabled()) {
            return new Standing.Disabled(caller.isKiosk()
                    ? "This wall screen was taken back by an administrator."
                    : "This account was disabled by an administrator.");
        }
        if (rights.hasEnded(caller.signIn()) && account.generation() == caller.generation()) {
            return new Standing.SignedOut("This sign-in was ended.");
        }
        if (account.generation() > caller.generation()) {
            return new Standing.TokenVoid();
        }
        Caller present = caller(account, caller.exempt(), caller.signIn(), caller.expiresAt());
        return present.mustAddSecondFactor() ? new Standing.FactorDue() : new Standing.Good(present);
    }

    @Override
    public @Nullable ServiceCaller authenticateService(String bearerToken) {
        if (!ServiceTokens.looksLikeOne(bearerToken)) {
            return null;
        }
        ServiceToken token = rights.serviceToken(TokenHash.of(bearerToken));
        if (token == null || token.expiresAt() <= clock.millis()) {
            return null;
        }
        uses.used(token.id());
        return new ServiceCaller(token.name(), token.scopes());
    }
}
