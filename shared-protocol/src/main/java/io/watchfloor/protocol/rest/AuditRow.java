package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// One event of the audit log. Immutable.
///
/// @param id rises with time
/// @param at milliseconds since 1970 UTC
/// @param actor name of the account or service token; absent where nobody has proved who he is
/// @param address of the other end of the connection; absent on the command line
/// @param action one of those of [AuditAction], or of a later version's
/// @param subject what it was done to
/// @param times how many refusals of this kind it stands for, 1 for anything else
public record AuditRow(long id, long at, @Nullable String actor, @Nullable String address, String action,
        @Nullable String subject, AuditOutcome outcome, String detail, int times) {}
