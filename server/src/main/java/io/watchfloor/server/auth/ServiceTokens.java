package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.CreatedServiceToken;
import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.protocol.rest.ServiceTokenRow;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes, lists and revokes service tokens. What it changes is in force on every instance as soon as [Rights] sees it.
///
/// Calls block; they fail with [io.watchfloor.server.store.StoreException]. Thread-safe.
public final class ServiceTokens {

    /// Days that a token lasts where nothing else is asked for.
    public static final int DEFAULT_DAYS = 365;
    public static final int MOST_DAYS = 3_650;

    /// Makes a token that strays into a log or a repository easy to find.
    private static final String PREFIX = "wfs_";
    private static final int TEXT_LENGTH = PREFIX.length() + 43;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@/-]{0,63}");

    private final TokenStore store;
    private final InstantSource clock;
    private final SecureRandom random;

    public ServiceTokens(TokenStore store, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /// What is wrong with the name of a new token, as the end of a sentence ("The name ..."); null where nothing is.
    public static @Nullable String problemOfName(String name) {
        return NAME.matcher(name).matches()
                ? null
                : "must begin with a letter or digit and have up to 64 letters, digits, blanks, '.', '_', '@', '/' and '-'";
    }

    /// @param scopes at least one
    /// @param createdBy name of an account; absent for the command line
    /// @return null where there is a token of this name already
    public @Nullable CreatedServiceToken create(String name, Set<Scope> scopes, int days, @Nullable String createdBy) {
        String text = PREFIX + Secret.random(random);
        long now = clock.millis();
        ServiceToken token = new ServiceToken(Secret.id(random), name, TokenHash.of(text), scopes, createdBy, now,
                now + Duration.ofDays(days).toMillis());
        return store.addServiceToken(token) ? new CreatedServiceToken(text, row(token, null)) : null;
    }

    /// All that are not revoked, by name; expired ones too, so that one sees why a program is refused.
    public List<ServiceTokenRow> list() {
        Map<String, Long> uses = store.lastUses();
        return store.serviceTokens().stream().map(token -> row(token, uses.get(token.id()))).toList();
    }

    /// @return false where there is none
    public boolean revoke(String id) {
        return store.removeServiceToken(id);
    }

    static boolean looksLikeOne(String text) {
        return text.length() == TEXT_LENGTH && text.startsWith(PREFIX);
    }

    private static ServiceTokenRow row(ServiceToken token, @Nullable Long usedAt) {
        return new ServiceTokenRow(token.id(), token.name(), token.scopes().stream().sorted().toList(),
                token.createdBy(), token.createdAt(), token.expiresAt(), usedAt);
    }
}
