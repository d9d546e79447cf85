package io.watchfloor.server.session;

import io.watchfloor.server.limit.Places;
import org.jspecify.annotations.Nullable;

/// The place that one session takes among those of its account. Thread-safe.
final class Place {

    private final Places places;
    private @Nullable String account;
    private boolean over;

    Place(Places places) {
        this.places = places;
    }

    /// @return false where the account has all it may have, or the session is over
    synchronized boolean take(String of) {
        if (over || !places.take(of)) {
            return false;
        }
        account = of;
        return true;
    }

    /// The session is over. A second call does nothing.
    synchronized void free() {
        over = true;
        if (account != null) {
            places.free(account);
            account = null;
        }
    }
}
