package io.watchfloor.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchfloor.server.limit.AddressKey;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Limiter.Count;
import io.watchfloor.server.limit.Verdict;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How often one may fail to prove who one is. An attempt is counted before it is made, so that many at the same time
/// are counted too, and taken back where it succeeds.
///
/// Guesses at one name from everywhere are limited as well, but not for addresses that this name has signed in from lately:
/// else a stranger could keep its owner out. Calls may block; they fail with [StoreException]. Thread-safe.
public final class SignInLimits {

    static final Duration REMEMBERED = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(SignInLimits.class);
    private static final int MOST_HELD = 10_000;
    /// How long an answer of the store is taken for its word, so that a flood of guesses does not reach it.
    private static final Duration HELD = Duration.ofMinutes(1);

    private final Limiter limiter;
    private final TokenStore places;
    private final InstantSource clock;
    private final Cache<Place, Boolean> held;

    /// @param places where accounts have signed in from
    public SignInLimits(Limiter limiter, TokenStore places, InstantSource clock) {
        this.limiter = limiter;
        this.places = places;
        this.clock = clock;
        this.held = Caffeine.newBuilder().maximumSize(MOST_HELD).expireAfterWrite(HELD)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis())).build();
    }

    record Place(String account, String address) {}

    /// An attempt that is under way.
    final class Attempt {

        private final List<Count> counts;
        private final Verdict verdict;
        private final @Nullable Place place;

        Attempt(List<Count> counts, @Nullable Place place) {
            this.counts = counts;
            this.place = place;
            this.verdict = limiter.take(counts);
        }

        /// Whether it may be made.
        Verdict verdict() {
            return verdict;
        }

        /// It was no failure that ought to count.
        void takeBack() {
            counts.forEach(limiter::giveBack);
        }

        /// The one who made it was who he said.
        void succeeded() {
            takeBack();
            if (place != null && !Boolean.TRUE.equals(held.getIfPresent(place))) {
                remember(place);
            }
        }
    }

    /// Nobody is kept out because it cannot be remembered that he came in.
    private void remember(Place place) {
        try {
            places.rememberPlace(place.account, place.address, clock.millis());
            held.put(place, Boolean.TRUE);
        } catch (StoreException e) {
            LOG.warn("Where {} signed in from could not be remembered: {}", place.account, e.getMessage());
        }
    }

    private boolean isKnown(Place place) {
        return Boolean.TRUE.equals(held.get(place, asked -> places.isPlaceOf(asked.account, asked.address,
                clock.millis() - REMEMBERED.toMillis())));
    }

    Attempt withPassword(String address, String name) {
        String from = AddressKey.of(address);
        // What is no name counts as one, so that nobody fills the memory with names that he makes up at any length.
        String who = AccountRules.mayBeName(name) ? name.toLowerCase(Locale.ROOT) : "";
        Place place = new Place(who, from);
        List<Count> here = List.of(new Count(Limit.SIGN_IN_ADDRESS, from),
                new Count(Limit.SIGN_IN_NAME, from + ' ' + who));
        List<Count> everywhere = new ArrayList<>(here);
        everywhere.add(new Count(Limit.SIGN_IN_ACCOUNT, who));
        Attempt attempt = new Attempt(everywhere, place);
        return attempt.verdict() instanceof Verdict.Passed || !isKnown(place) ? attempt : new Attempt(here, place);
    }

    /// Codes have too many bits to be guessed; counting their failures is for those who try all the same.
    Attempt withCode(String address) {
        String from = AddressKey.of(address);
        return new Attempt(List.of(new Count(Limit.SIGN_IN_ADDRESS, from), new Count(Limit.SIGN_IN_CODE, from)), null);
    }

    Attempt passwordChange(String account) {
        return new Attempt(List.of(new Count(Limit.PASSWORD_CHANGE, account)), null);
    }

    Attempt renewal(String address) {
        return new Attempt(List.of(new Count(Limit.RENEWAL, AddressKey.of(address))), null);
    }

    /// A second factor, after the password was right.
    Attempt secondFactor(String account) {
        return new Attempt(List.of(new Count(Limit.SECOND_FACTOR, account)), null);
    }
}
