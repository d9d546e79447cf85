package io.watchfloor.server.audit;

import org.jspecify.annotations.Nullable;

/// Who does something, and from where. Immutable.
///
/// @param actor name of an account or service token; absent where nobody has proved who he is
/// @param address of the other end of the connection; absent on the command line
public record Origin(@Nullable String actor, @Nullable String address) {

    /// Somebody at the command line of the server's machine.
    public static final Origin COMMAND_LINE = new Origin(null, null);
}
