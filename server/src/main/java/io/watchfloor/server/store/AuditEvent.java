package io.watchfloor.server.store;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import org.jspecify.annotations.Nullable;

/// Something that the audit log tells of. Immutable.
///
/// @param at milliseconds since 1970 UTC
/// @param actor name of an account or service token; absent where nobody has proved who he is
/// @param address of the other end of the connection; the machine's user on the command line
/// @param subject what it was done to
/// @param times how many of the same kind it stands for
public record AuditEvent(long at, @Nullable String actor, @Nullable String address, AuditAction action,
        @Nullable String subject, AuditOutcome outcome, String detail, int times) {}
