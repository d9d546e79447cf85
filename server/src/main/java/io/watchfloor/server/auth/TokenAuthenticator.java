package io.watchfloor.server.auth;

import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.TokenHash;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Checks tokens against keys and rights held in memory; the database is asked only about what is not known here yet.
/// Thread-safe.
public final class TokenAuthenticator implements Authenticator {

    private final AccessTokens accessTokens;
    private final Rights rights;
    private final InstantSource clock;

    public TokenAuthenticator(AccessTokens accessTokens, Rights rights, InstantSource clock) {
        this.accessTokens = accessTokens;
        this.rights = rights;
        this.clock = clock;
    }

    @Override
    public @Nullable Caller authenticate(String bearerToken) {
        AccessTokens.Claims claims = accessTokens.verify(bearerToken);
        Account account = claims == null ? null : rights.account(claims.account());
        if (claims == null || account == null || account.disabled()) {
            return null;
        }
        if (account.generation() < claims.generation()) {
            // the password was changed on another instance a moment ago
            rights.refresh();
            account = rights.account(claims.account());
        }
        return account == null || account.disabled() || account.generation() != claims.generation()
                ? null
                : new Caller(account.name(), account.role(), claims.expiresAt(), claims.passwordDue());
    }

    @Override
    public @Nullable ServiceCaller authenticateService(String bearerToken) {
        if (!ServiceTokens.looksLikeOne(bearerToken)) {
            return null;
        }
        ServiceToken token = rights.serviceToken(TokenHash.of(bearerToken));
        return token == null || token.expiresAt() <= clock.millis()
                ? null
                : new ServiceCaller(token.name(), token.scopes());
    }
}
