package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/groups/{name}/members`. Immutable.
public record NewMember(String account) {}
