package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Role;

/// Body of `POST /api/v1/users/{name}/role`. Immutable.
public record NewRole(Role role) {}
