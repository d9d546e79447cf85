package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AcceptInvitation;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.CreatedInvitation;
import io.watchfloor.protocol.rest.InvitationList;
import io.watchfloor.protocol.rest.NewInvitation;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.AccountRules;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.Invitations;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.SignIns;
import io.watchfloor.server.store.Invitation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Invitations, which administrators make and the invited accept. Thread-safe.
public record InvitationRoutes(Invitations invitations, SignIns signIns, Rights rights, AuditLog audit) {

    private static final int DEFAULT_DAYS = 7;
    private static final int MOST_DAYS = 30;

    public List<Route> routes() {
        Access admin = Access.person(Role.ADMIN);
        return List.of(
                Route.get("/api/v1/invitations", admin, _ -> Answer.json(new InvitationList(invitations.list())))
                        .says("Invitations that wait.", InvitationList.class),
                Route.post("/api/v1/invitations", admin, this::make).takes(NewInvitation.class)
                        .makes("Invites somebody.", CreatedInvitation.class),
                Route.delete("/api/v1/invitations/{id}", admin, this::revoke).does("Takes an invitation back."),
                Route.post("/api/v1/invitations/accept", Access.anyone(), this::accept)
                        .takes(AcceptInvitation.class)
                        .says("Makes an account.", Tokens.class, ProblemCode.WRONG_CREDENTIALS, ProblemCode.CONFLICT));
    }

    private Answer make(Call call) {
        NewInvitation body = call.json(NewInvitation.class);
        int days = body.days() == null ? DEFAULT_DAYS : body.days();
        if (days < 1 || days > MOST_DAYS) {
            throw new ProblemException(ProblemCode.INVALID, "An invitation lasts 1 to " + MOST_DAYS + " days.", "days");
        }
        if (body.name() != null) {
            checkName(body.name());
        }
        CreatedInvitation made = audit.act(call.origin(), AuditAction.INVITATION_MADE, body.name(),
                "as " + body.role() + ", groups " + body.groups(), () -> invitations.make(body.name(), body.role(),
                        body.groups(), Duration.ofDays(days), call.caller().account()));
        return Answer.json(201, made).with("Cache-Control", "no-store");
    }

    private static void checkName(String name) {
        String problem = AccountRules.problemOfName(name);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
    }

    private Answer revoke(Call call) {
        audit.act(call.origin(), AuditAction.INVITATION_REVOKED, call.path("id"), "", () -> {
            if (!invitations.revoke(call.path("id"))) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such invitation.");
            }
            return true;
        });
        return Answer.empty();
    }

    private Answer accept(Call call) {
        AcceptInvitation body = call.json(AcceptInvitation.class);
        Invitation invitation = invitations.find(body.code());
        if (invitation == null) {
            audit.refused(call.origin(), AuditAction.INVITATION_ACCEPTED, body.name(), "");
            throw wrong();
        }
        String name = name(invitation, body.name());
        String problem = AccountRules.problemOfPassword(body.password(), name);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The password " + problem + ".", "password");
        }
        Accounts.Hashed hashed = invitations.hashed(body.password());
        audit.act(new Origin(name, call.remoteAddress()), AuditAction.INVITATION_ACCEPTED, name,
                "as " + invitation.role() + ", invited by " + invitation.invitedBy(), () -> {
                    if (!invitations.isGood(invitation)) {
                        throw wrong();
                    }
                    if (!invitations.accept(invitation, name, hashed)) {
                        throw new ProblemException(ProblemCode.CONFLICT,
                                "There is an account of this name already; choose another one.", "name");
                    }
                    return true;
                });
        rights.changed();
        return AccountRoutes.answer(
                signIns.asMade(name, call.device(body.device()), AccountRoutes.kept(call.remoteAddress(), audit)),
                ProblemCode.WRONG_CREDENTIALS, "The account was made; sign in with it.");
    }

    private static String name(Invitation invitation, @Nullable String chosen) {
        String meant = invitation.name();
        if (meant != null) {
            if (chosen != null && !chosen.equals(meant)) {
                throw new ProblemException(ProblemCode.INVALID, "This invitation is for \"" + meant + "\".", "name");
            }
            return meant;
        }
        if (chosen == null) {
            throw new ProblemException(ProblemCode.INVALID, "Choose a name.", "name");
        }
        checkName(chosen);
        return chosen;
    }

    private static ProblemException wrong() {
        return new ProblemException(ProblemCode.WRONG_CREDENTIALS,
                "The invitation is wrong, was used before, or is over.");
    }
}
