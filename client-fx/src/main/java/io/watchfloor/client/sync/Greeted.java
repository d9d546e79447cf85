package io.watchfloor.client.sync;

import io.watchfloor.protocol.Role;

/// Who and what is at the two ends of the connection.
///
/// @param session names the connection in the server's logs and among [io.watchfloor.protocol.ServerMessage.People]
/// @param account name of the signed-in account
/// @param instance name of the server instance
/// @param server name and version of the server
///
/// Immutable.
public record Greeted(String session, String account, Role role, String instance, String server) {}
