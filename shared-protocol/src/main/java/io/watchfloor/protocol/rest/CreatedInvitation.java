package io.watchfloor.protocol.rest;

/// Answers `POST /api/v1/invitations`. Immutable.
///
/// @param code makes one account, once; is told only here. A link for people is the server's address, `#invitation=` and
///        the code
public record CreatedInvitation(String code, InvitationRow row) {

    @Override
    public String toString() {
        return "CreatedInvitation[" + row + "]";
    }
}
