package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/invitations`: the newest first. Immutable.
public record InvitationList(List<InvitationRow> invitations) {

    public InvitationList {
        invitations = List.copyOf(invitations);
    }
}
