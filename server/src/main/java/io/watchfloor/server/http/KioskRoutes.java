package io.watchfloor.server.http;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskChallenge;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskDashboards;
import io.watchfloor.protocol.rest.KioskEnrolment;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.KioskProof;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.KioskResult;
import io.watchfloor.server.auth.Kiosks;
import io.watchfloor.server.auth.Rights;
import io.watchfloor.server.auth.SignInResult;
import io.watchfloor.server.store.Kiosk;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Wall screens: administrators make and remove them, devices enrol and prove their key. Thread-safe.
public record KioskRoutes(Kiosks kiosks, Rights rights, AuditLog audit) {

    public List<Route> routes() {
        Access admin = Access.person(Role.ADMIN);
        return List.of(
                Route.get("/api/v1/kiosks", admin, _ -> Answer.json(new KioskList(kiosks.list())))
                        .says("Wall screens.", KioskList.class),
                Route.post("/api/v1/kiosks", admin, this::make).takes(NewKiosk.class)
                        .makes("Makes a wall screen, with a code that enrols one device.", KioskCode.class,
                                ProblemCode.CONFLICT),
                Route.post("/api/v1/kiosks/{name}/code", admin, this::renewCode)
                        .makes("Takes a wall screen from its device, and makes a code for another.", KioskCode.class),
                Route.post("/api/v1/kiosks/{name}/dashboards", admin, this::changeDashboards)
                        .takes(KioskDashboards.class).does("Changes what a wall screen shows."),
                Route.delete("/api/v1/kiosks/{name}", admin, this::remove).does("Removes a wall screen."),
                Route.post("/api/v1/kiosks/enrol", Access.anyone(), this::enrol).takes(KioskEnrolment.class)
                        .says("Binds a wall screen to a device.", KioskAccess.class, ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/kiosks/challenge", Access.anyone(),
                        _ -> Answer.json(new KioskChallenge(kiosks.challenge())).with("Cache-Control", "no-store"))
                        .says("Something for a wall screen to sign.", KioskChallenge.class),
                Route.post("/api/v1/kiosks/tokens", Access.anyone(), this::prove).takes(KioskProof.class)
                        .says("An access token for a wall screen that proves its key.", KioskAccess.class,
                                ProblemCode.WRONG_CREDENTIALS));
    }

    private Answer make(Call call) {
        NewKiosk body = call.json(NewKiosk.class);
        String problem = Kiosks.problemOfName(body.name());
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "The name " + problem + ".", "name");
        }
        check(call, body.dashboards());
        return code(call, AuditAction.KIOSK_ADDED, body.name(), body.dashboards().toString(),
                () -> kiosks.make(body.name(), body.dashboards(), call.caller().account()),
                new ProblemException(ProblemCode.CONFLICT, "There is a wall screen of this name already.", "name"));
    }

    private void check(Call call, List<DashboardId> dashboards) {
        String problem = Kiosks.problemOfDashboards(dashboards);
        if (problem != null) {
            throw new ProblemException(ProblemCode.INVALID, "A wall screen " + problem + ".", "dashboards");
        }
        for (DashboardId dashboard : dashboards) {
            if (rights.rightOf(call.caller().account(), dashboard, Right.VIEW) == Right.NONE) {
                throw new ProblemException(ProblemCode.INVALID, "There is no dashboard " + dashboard + ".",
                        "dashboards");
            }
        }
    }

    private Answer renewCode(Call call) {
        String name = call.path("name");
        return code(call, AuditAction.KIOSK_CODE_MADE, name, "", () -> kiosks.renewCode(name), unknown());
    }

    private Answer code(Call call, AuditAction action, String name, String detail, Supplier<@Nullable KioskCode> made,
            ProblemException otherwise) {
        KioskCode code = audit.act(call.origin(), action, name, detail, () -> {
            KioskCode told = made.get();
            if (told == null) {
                throw otherwise;
            }
            return told;
        });
        rights.changed();
        return Answer.json(201, code).with("Cache-Control", "no-store");
    }

    private Answer changeDashboards(Call call) {
        List<DashboardId> dashboards = call.json(KioskDashboards.class).dashboards();
        check(call, dashboards);
        String name = call.path("name");
        return change(call, AuditAction.KIOSK_DASHBOARDS_CHANGED, dashboards.toString(),
                () -> kiosks.changeDashboards(name, dashboards));
    }

    private Answer remove(Call call) {
        return change(call, AuditAction.KIOSK_REMOVED, "", () -> kiosks.remove(call.path("name")));
    }

    private Answer change(Call call, AuditAction action, String detail, Supplier<Boolean> change) {
        audit.act(call.origin(), action, call.path("name"), detail, () -> {
            if (!change.get()) {
                throw unknown();
            }
            return true;
        });
        rights.changed();
        return Answer.empty();
    }

    private static ProblemException unknown() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such wall screen.");
    }

    private Answer enrol(Call call) {
        KioskEnrolment body = call.json(KioskEnrolment.class);
        if (!Kiosks.isKey(body.publicKey())) {
            throw new ProblemException(ProblemCode.INVALID,
                    "The public key must be of Ed25519, as X.509 in base64url.", "publicKey");
        }
        KioskResult result = kiosks.enrol(body.code(), body.publicKey(), call.remoteAddress(),
                step -> audit.together(() -> {
                    KioskResult tried = step.get();
                    if (tried instanceof KioskResult.LetIn(KioskAccess access, _)) {
                        audit.done(origin(access, call), AuditAction.KIOSK_ENROLLED, access.name(), "");
                    }
                    return tried;
                }));
        if (result instanceof KioskResult.Wrong) {
            audit.refused(call.origin(), AuditAction.KIOSK_ENROLLED, null, "");
        } else {
            rights.changed();
        }
        return answer(result, "The code is wrong, was used before, or is over.");
    }

    private Answer prove(Call call) {
        KioskProof body = call.json(KioskProof.class);
        KioskResult result = kiosks.prove(body, call.remoteAddress(), step -> audit.together(() -> {
            KioskResult tried = step.get();
            if (tried instanceof KioskResult.LetIn(KioskAccess access, boolean notable) && notable) {
                audit.done(origin(access, call), AuditAction.SIGN_IN, Kiosk.PREFIX + access.name(), "device key");
            }
            return tried;
        }));
        if (result instanceof KioskResult.Wrong) {
            audit.refused(call.origin(), AuditAction.SIGN_IN, Kiosk.PREFIX + body.name(), "device key");
        }
        return answer(result, "This wall screen was taken back, or this is not its device.");
    }

    private static Origin origin(KioskAccess access, Call call) {
        return new Origin(Kiosk.PREFIX + access.name(), call.remoteAddress());
    }

    private static Answer answer(KioskResult result, String wrong) {
        return switch (result) {
            case KioskResult.LetIn letIn -> Answer.json(letIn.access()).with("Cache-Control", "no-store");
            case KioskResult.Wrong _ -> throw new ProblemException(ProblemCode.WRONG_CREDENTIALS, wrong);
            case KioskResult.Later(long seconds, boolean busy) ->
                throw AccountRoutes.tooOften(new SignInResult.Later(seconds, busy));
        };
    }
}
