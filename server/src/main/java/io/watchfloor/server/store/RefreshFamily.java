package io.watchfloor.server.store;

import java.util.UUID;

/// One sign-in, which lives on by renewing its refresh token. Immutable.
///
/// @param generation number of the token that is good now: 1, 2, 3 ...
/// @param token hash of that token
/// @param passwordMayBeDue whether it is not held up by a password that must be changed
/// @param device where it was made, with the address that it was renewed from last
/// @param startedAt of the sign-in, milliseconds since 1970 UTC
/// @param renewedAt of the last renewal, milliseconds since 1970 UTC
public record RefreshFamily(UUID id, String account, int generation, TokenHash token, boolean passwordMayBeDue,
        Device device, long startedAt, long renewedAt) {}
