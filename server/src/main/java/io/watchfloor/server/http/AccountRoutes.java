package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.Device;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.auth.SignInResult;
import io.watchfloor.server.auth.SignIns;
import java.util.List;

/// Signing in and out, renewing tokens, and changing one's password. Thread-safe.
public record AccountRoutes(SignIns signIns) {

    public List<Route> routes() {
        return List.of(Route.post("/api/v1/sign-in", Access.anyone(), this::signIn).takes(SignIn.class)
                .says("Tokens for name and password.", Tokens.class, ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/sign-in/code", Access.anyone(), this::signInWithCode).takes(SignInCode.class)
                        .says("Tokens for a one-time code.", Tokens.class, ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/tokens", Access.anyone(), this::renew).takes(RefreshToken.class)
                        .says("New tokens for a refresh token.", Tokens.class, ProblemCode.REFRESH_TOKEN_INVALID),
                Route.post("/api/v1/sign-out", Access.anyone(), this::signOut).takes(RefreshToken.class)
                        .does("Ends a sign-in."),
                Route.post("/api/v1/password", new Access.Person(Role.VIEWER, true), this::changePassword)
                        .takes(ChangePassword.class)
                        .says("Changes one's password.", Tokens.class, ProblemCode.WRONG_CREDENTIALS));
    }

    private Answer signIn(Call call) {
        SignIn body = call.json(SignIn.class);
        return answer(signIns.withPassword(body.name(), body.password(), call.device(body.device())),
                ProblemCode.WRONG_CREDENTIALS, "The name or the password is wrong.");
    }

    private Answer signInWithCode(Call call) {
        SignInCode body = call.json(SignInCode.class);
        return answer(signIns.withCode(body.code(), call.device(body.device())),
                ProblemCode.WRONG_CREDENTIALS, "The code is wrong, was used before, or is over.");
    }

    private Answer renew(Call call) {
        RefreshToken body = call.json(RefreshToken.class);
        String key = body.deviceKey();
        return answer(signIns.renew(body.refreshToken(), call.device(key == null ? null : new Device(key, ""))),
                ProblemCode.REFRESH_TOKEN_INVALID,
                "This sign-in has ended; sign in again.");
    }

    private Answer signOut(Call call) {
        signIns.end(call.json(RefreshToken.class).refreshToken());
        return Answer.empty();
    }

    private Answer changePassword(Call call) {
        ChangePassword body = call.json(ChangePassword.class);
        return answer(signIns.changePassword(call.caller().account(), body.oldPassword(), body.newPassword(),
                call.device(null)), ProblemCode.WRONG_CREDENTIALS, "The old password is wrong.");
    }

    private static Answer answer(SignInResult result, ProblemCode wrong, String text) {
        return switch (result) {
            case SignInResult.SignedIn signedIn -> Answer.json(signedIn.tokens()).with("Cache-Control", "no-store");
            case SignInResult.Wrong _ -> throw new ProblemException(wrong, text);
            case SignInResult.Unfit unfit -> throw new ProblemException(ProblemCode.INVALID, unfit.reason(),
                    "newPassword");
            case SignInResult.Later later -> throw ProblemException.later(
                    later.busy() ? ProblemCode.UNAVAILABLE : ProblemCode.TOO_MANY_REQUESTS,
                    later.busy()
                            ? "This cannot be done at this moment; try again in " + seconds(later.seconds()) + "."
                            : "Too many attempts have failed; try again in " + seconds(later.seconds()) + ".",
                    later.seconds());
        };
    }

    private static String seconds(long number) {
        return number == 1 ? "a second" : number + " seconds";
    }
}
