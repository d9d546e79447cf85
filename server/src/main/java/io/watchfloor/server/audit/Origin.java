package io.watchfloor.server.audit;

import org.jspecify.annotations.Nullable;

/// Who does something, and from where. Immutable.
///
/// @param actor name of an account or service token; absent where nobody has proved who he is, and at the command line
/// @param address of the other end of the connection, or the machine's user at the command line
public record Origin(@Nullable String actor, @Nullable String address) {

    /// Somebody at the command line of the server's machine.
    public static final Origin COMMAND_LINE = new Origin(null,
            "command line of " + System.getProperty("user.name", "unknown"));
}
