package io.watchfloor.server.room.canary;

import java.sql.Connection;

/// Breaks a rule on purpose: shows that it can be broken. Immutable.
public record RoomThatKnowsSql(Connection connection) {}
