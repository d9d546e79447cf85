package io.watchfloor.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.watchfloor.server.limit.AddressKey;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.Limiter.Count;
import io.watchfloor.server.limit.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often one may fail to prove who one is. An attempt is counted before it is made, so that many at the same time
/// are counted too, and taken back where it succeeds.
///
/// Guesses at one name from everywhere are limited as well, but not for addresses that this name has signed in from: else
/// a stranger could keep its owner out. Calls may block. Thread-safe.
public final class SignInLimits {

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final Limiter limiter;
    private final Cache<String, Boolean> knownPlaces = Caffeine.newBuilder().maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(REMEMBERED).build();

    public SignInLimits(Limiter limiter) {
        this.limiter = limiter;
    }

    /// An attempt that is under way.
    final class Attempt {

        private final List<Count> counts;
        private final Verdict verdict;
        private final String place;

        Attempt(List<Count> counts, String place) {
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
            if (!place.isEmpty()) {
                knownPlaces.put(place, Boolean.TRUE);
            }
        }
    }

    Attempt withPassword(String address, String name) {
        String from = AddressKey.of(address);
        // What is no name counts as one, so that nobody fills the memory with names that he makes up at any length.
        String who = AccountRules.mayBeName(name) ? name.toLowerCase(Locale.ROOT) : "";
        String place = from + ' ' + who;
        List<Count> counts = new ArrayList<>(List.of(new Count(Limit.SIGN_IN_ADDRESS, from),
                new Count(Limit.SIGN_IN_NAME, place)));
        if (knownPlaces.getIfPresent(place) == null) {
            counts.add(new Count(Limit.SIGN_IN_ACCOUNT, who));
        }
        return new Attempt(counts, place);
    }

    /// Codes have too many bits to be guessed; counting their failures is for those who try all the same.
    Attempt withCode(String address) {
        String from = AddressKey.of(address);
        return new Attempt(List.of(new Count(Limit.SIGN_IN_ADDRESS, from), new Count(Limit.SIGN_IN_CODE, from)), "");
    }

    Attempt passwordChange(String account) {
        return new Attempt(List.of(new Count(Limit.PASSWORD_CHANGE, account)), "");
    }

    Attempt renewal(String address) {
        return new Attempt(List.of(new Count(Limit.RENEWAL, AddressKey.of(address))), "");
    }

    /// A second factor, after the password was right.
    Attempt secondFactor(String account) {
        return new Attempt(List.of(new Count(Limit.SECOND_FACTOR, account)), "");
    }
}
