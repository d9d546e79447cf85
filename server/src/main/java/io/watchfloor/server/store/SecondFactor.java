package io.watchfloor.server.store;

import org.jspecify.annotations.Nullable;

/// What is kept of an account's authenticator. Immutable; the arrays must not be changed.
///
/// @param secret sealed; absent where none is confirmed
/// @param pending sealed; absent where none waits for its confirmation
/// @param pendingSince when it began to wait, milliseconds since 1970 UTC; 0 where none waits
/// @param recoveryCodes how many are left
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SecondFactor(byte @Nullable [] secret, byte @Nullable [] pending, long pendingSince,
        int recoveryCodes) {}
