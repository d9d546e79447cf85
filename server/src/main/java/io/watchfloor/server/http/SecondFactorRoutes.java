package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.FactorCode;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.Password;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.RecoveryCodes;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.auth.SecondFactors;
import io.watchfloor.server.auth.SignInResult;
import io.watchfloor.server.auth.SignIns;
import java.util.List;

/// One's own second factor. Whoever changes it proves once more that he knows the password. Thread-safe.
public record SecondFactorRoutes(SecondFactors factors, SignIns signIns, AuditLog audit) {

    public List<Route> routes() {
        Access person = new Access.Person(Role.VIEWER, true);
        return List.of(
                Route.get("/api/v1/second-factor", person,
                        call -> Answer.json(factors.state(call.caller().account(), call.caller().role())))
                        .says("One's second factor.", FactorState.class),
                Route.post("/api/v1/second-factor", person, this::begin).takes(Password.class)
                        .says("Makes a secret for an authenticator.", FactorEnrolment.class,
                                ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/second-factor/confirm", person, this::confirm).takes(FactorCode.class)
                        .says("Makes that secret count.", RecoveryCodes.class, ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/second-factor/recovery-codes", person, this::newCodes).takes(Password.class)
                        .says("Makes new recovery codes.", RecoveryCodes.class, ProblemCode.WRONG_CREDENTIALS,
                                ProblemCode.CONFLICT),
                Route.post("/api/v1/second-factor/remove", person, this::remove).takes(Password.class)
                        .does("Takes the second factor away.", ProblemCode.WRONG_CREDENTIALS, ProblemCode.CONFLICT));
    }

    private Answer begin(Call call) {
        checkPassword(call);
        return Answer.json(factors.begin(call.caller().account())).with("Cache-Control", "no-store");
    }

    private Answer confirm(Call call) {
        String account = call.caller().account();
        String code = call.json(FactorCode.class).code();
        SignInResult tried = signIns.checkPending(account, code);
        if (tried instanceof SignInResult.Later later) {
            throw AccountRoutes.tooOften(later);
        }
        if (tried instanceof SignInResult.WrongCode) {
            audit.refused(call.origin(), AuditAction.SECOND_FACTOR_ADDED, account, "wrong code");
            throw wrongCode();
        }
        List<String> codes = audit.together(() -> {
            List<String> made = factors.confirm(account, code);
            if (made != null) {
                audit.done(call.origin(), AuditAction.SECOND_FACTOR_ADDED, account, "");
            }
            return made;
        });
        if (codes == null) {
            throw wrongCode();
        }
        signIns.changed();
        return Answer.json(new RecoveryCodes(codes)).with("Cache-Control", "no-store");
    }

    private static ProblemException wrongCode() {
        return new ProblemException(ProblemCode.WRONG_CREDENTIALS,
                "The code is not the one that the authenticator should show now: check its clock, and begin again where "
                        + "ten minutes have passed.",
                "code");
    }

    private Answer newCodes(Call call) {
        checkPassword(call);
        String account = call.caller().account();
        if (!factors.has(account)) {
            throw none();
        }
        RecoveryCodes codes = audit.act(call.origin(), AuditAction.RECOVERY_CODES_MADE, account, "",
                () -> new RecoveryCodes(factors.renewCodes(account)));
        return Answer.json(codes).with("Cache-Control", "no-store");
    }

    private Answer remove(Call call) {
        checkPassword(call);
        String account = call.caller().account();
        audit.act(call.origin(), AuditAction.SECOND_FACTOR_REMOVED, account, "", () -> {
            if (!factors.remove(account)) {
                throw none();
            }
            return true;
        });
        signIns.changed();
        return Answer.empty();
    }

    private static ProblemException none() {
        return new ProblemException(ProblemCode.CONFLICT, "This account has no second factor.");
    }

    private void checkPassword(Call call) {
        SignInResult result = signIns.confirmPassword(call.caller().account(), call.json(Password.class).password());
        if (result instanceof SignInResult.Wrong) {
            audit.refused(call.origin(), AuditAction.REQUEST, "second factor", "wrong password");
            throw new ProblemException(ProblemCode.WRONG_CREDENTIALS, "The password is wrong.", "password");
        }
        if (result instanceof SignInResult.Later later) {
            throw AccountRoutes.tooOften(later);
        }
    }
}
