package io.watchfloor.server.auth;

import io.watchfloor.protocol.rest.KioskAccess;

/// What comes of a wall screen's wish to be let in. Immutable.
public sealed interface KioskResult {

    /// @param notable whether it comes for the first time, after a while, or from another address than before
    record LetIn(KioskAccess access, boolean notable) implements KioskResult {}

    /// The code or the proof is not right, or the wall screen was taken back.
    record Wrong() implements KioskResult {}

    /// Too many were wrong.
    ///
    /// @param seconds to wait
    record Later(long seconds, boolean busy) implements KioskResult {}
}
