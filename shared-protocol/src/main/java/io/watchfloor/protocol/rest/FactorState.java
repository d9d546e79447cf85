package io.watchfloor.protocol.rest;

/// Answers `GET /api/v1/second-factor`. Immutable.
///
/// @param active whether a code is asked for at each sign-in with the password
/// @param required whether the account's role has to have one
/// @param recoveryCodes how many are left
public record FactorState(boolean active, boolean required, int recoveryCodes) {}
