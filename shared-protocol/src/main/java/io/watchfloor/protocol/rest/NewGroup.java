package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/groups`. Immutable.
///
/// @param name 1 to 64 characters
public record NewGroup(String name) {}
