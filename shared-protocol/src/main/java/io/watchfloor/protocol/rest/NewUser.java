package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;

/// Body of `POST /api/v1/users`. Immutable.
public record NewUser(String name, Role role) {}
