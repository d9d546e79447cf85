package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `GET /readyz`. Immutable.
///
/// @param ready whether all checks that matter for serving are well
public record Readiness(boolean ready, List<Check> checks) {

    public Readiness {
        checks = List.copyOf(checks);
    }

    /// @param reason a sentence; absent where all is well
    public record Check(String name, boolean ok, @Nullable String reason) {}
}
