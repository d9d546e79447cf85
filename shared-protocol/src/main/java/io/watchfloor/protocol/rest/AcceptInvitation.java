package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Body of `POST /api/v1/invitations/accept`. Immutable.
///
/// @param name of the new account; that of the invitation, or absent, where it names one
public record AcceptInvitation(String code, @Nullable String name, String password, @Nullable Device device) {

    @Override
    public String toString() {
        return "AcceptInvitation[" + name + "]";
    }
}
