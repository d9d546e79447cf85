package io.watchfloor.protocol.rest;

/// Answers `POST /api/v1/kiosks/challenge`. Immutable.
///
/// @param challenge to be signed within a minute; works once
public record KioskChallenge(String challenge) {}
