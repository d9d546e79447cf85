package io.watchfloor.server.limit;

import java.time.Duration;

/// Whether something may be done now. Immutable.
public sealed interface Verdict {

    /// It may, and was counted.
    record Passed() implements Verdict {}

    /// Too often; nothing was counted.
    ///
    /// @param pause until it may be tried again, more than nothing
    record TooOften(Duration pause) implements Verdict {}

    /// The limit fails closed, and those who count it together cannot be reached.
    ///
    /// @param pause after which it makes sense to try again
    record Uncounted(Duration pause) implements Verdict {}

    Verdict PASSED = new Passed();

    /// Seconds for `Retry-After`, at least 1.
    static long seconds(Duration pause) {
        return Math.max(1, pause.plusMillis(999).toSeconds());
    }
}
