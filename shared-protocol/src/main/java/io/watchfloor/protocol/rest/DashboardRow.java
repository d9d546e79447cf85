package io.watchfloor.protocol.rest;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import org.jspecify.annotations.Nullable;

/// A dashboard in a list. Immutable.
///
/// @param owner name of the account that made it; absent for one made by the server
/// @param changedAt time of the last edit, milliseconds since 1970 UTC
/// @param right what the asking account may do with it
public record DashboardRow(DashboardId id, String title, @Nullable String owner, long changedAt, Right right) {}
