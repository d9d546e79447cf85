package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `GET /api/v1/audit/chains`: whether the audit log is as it was written, as far as this instance has looked. Times
/// in milliseconds since 1970 UTC. Immutable.
///
/// @param checkedAt when it looked last; absent where it has not yet
public record AuditChains(@Nullable Long checkedAt, List<Row> chains) {

    public AuditChains {
        chains = List.copyOf(chains);
    }

    /// The chain of one writer.
    ///
    /// @param events how many it has
    /// @param verified how many of them, from the first on, are as they were written
    /// @param verifiedTo time of the last of those; absent where there is none yet
    /// @param fault what is wrong from there on, as a sentence; absent where nothing is
    public record Row(String writer, long events, long verified, @Nullable Long verifiedTo, @Nullable String fault) {}
}
