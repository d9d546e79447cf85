package io.watchfloor.protocol.rest;

import io.watchfloor.protocol.Right;
import org.jspecify.annotations.Nullable;

/// A right on a dashboard, and the body of `POST /api/v1/dashboards/{id}/grants`. With neither account nor group it is
/// everyone's. Immutable.
///
/// @param right `NONE` takes the grant away
public record GrantRow(@Nullable String account, @Nullable String group, Right right) {}
