package io.watchfloor.server.http;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.Device;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.Proof;
import io.watchfloor.server.auth.SignInResult;
import io.watchfloor.server.auth.SignIns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signing in and out, renewing tokens, and changing one's password. Thread-safe.
public record AccountRoutes(SignIns signIns, AuditLog audit) {

    public List<Route> routes() {
        return List.of(Route.post("/api/v1/sign-in", Access.anyone(), this::signIn).takes(SignIn.class)
                .says("Tokens for name and password.", Tokens.class, ProblemCode.WRONG_CREDENTIALS,
                        ProblemCode.SECOND_FACTOR_NEEDED),
                Route.post("/api/v1/sign-in/code", Access.anyone(), this::signInWithCode).takes(SignInCode.class)
                        .says("Tokens for a one-time code.", Tokens.class, ProblemCode.WRONG_CREDENTIALS),
                Route.post("/api/v1/tokens", Access.anyone(), this::renew).takes(RefreshToken.class)
                        .says("New tokens for a refresh token.", Tokens.class, ProblemCode.REFRESH_TOKEN_INVALID,
                                ProblemCode.ACCOUNT_DISABLED),
                Route.post("/api/v1/sign-out", Access.anyone(), this::signOut).takes(RefreshToken.class)
                        .does("Ends a sign-in."),
                Route.post("/api/v1/password", new Access.Person(Role.VIEWER, true), this::changePassword)
                        .takes(ChangePassword.class)
                        .says("Changes one's password.", Tokens.class, ProblemCode.WRONG_CREDENTIALS));
    }

    private Answer signIn(Call call) {
        SignIn body = call.json(SignIn.class);
        return told(call, body.name(), "password",
                signIns.withPassword(body.name(), body.password(), body.code(), call.device(body.device()),
                        kept(call.remoteAddress(), audit)),
                "The name or the password is wrong.");
    }

    private Answer signInWithCode(Call call) {
        SignInCode body = call.json(SignInCode.class);
        return told(call, null, "one-time code",
                signIns.withCode(body.code(), call.device(body.device()),
                        kept(call.remoteAddress(), audit)),
                "The code is wrong, was used before, or is over.");
    }

    /// Lets nobody in where that cannot be written down, and leaves nothing behind then.
    static SignIns.Keeping kept(String address, AuditLog audit) {
        return kept(address, AuditAction.SIGN_IN, audit);
    }

    private static SignIns.Keeping kept(String address, AuditAction action, AuditLog audit) {
        return step -> audit.together(() -> {
            SignInResult result = step.get();
            if (result instanceof SignInResult.SignedIn(Tokens tokens, Proof by)) {
                audit.done(new Origin(tokens.name(), address), action, tokens.name(), by.words());
            }
            return result;
        });
    }

    private Answer renew(Call call) {
        RefreshToken body = call.json(RefreshToken.class);
        String key = body.deviceKey();
        SignInResult result = signIns.renew(body.refreshToken(),
                call.device(key == null ? null : new Device(key, "")));
        switch (result) {
            case SignInResult.Reused(String account) ->
                audit.refused(call.origin(), AuditAction.REFRESH_TOKEN_REUSED, account, "the sign-in was ended");
            case SignInResult.Wrong _, SignInResult.Disabled _ -> audit.refused(call.origin(), AuditAction.REQUEST,
                    "POST /api/v1/tokens", result instanceof SignInResult.Disabled
                            ? "the account is disabled"
                            : "the refresh token is none, or is over");
            case SignInResult.SignedIn _, SignInResult.CodeNeeded _, SignInResult.WrongCode _, SignInResult.Unfit _, SignInResult.Later _ ->
                {}
        }
        return answer(result, ProblemCode.REFRESH_TOKEN_INVALID, "This sign-in has ended; sign in again.");
    }

    private Answer signOut(Call call) {
        String token = call.json(RefreshToken.class).refreshToken();
        boolean ended = audit.together(() -> {
            String account = signIns.end(token);
            if (account != null) {
                audit.done(new Origin(account, call.remoteAddress()), AuditAction.SIGN_OUT, account, "");
            }
            return account != null;
        });
        if (ended) {
            signIns.changed();
        }
        return Answer.empty();
    }

    private Answer told(Call call, @Nullable String name, String by, SignInResult result, String wrong) {
        switch (result) {
            case SignInResult.Wrong _, SignInResult.WrongCode _, SignInResult.Later _ ->
                audit.refused(call.origin(), AuditAction.SIGN_IN, name, by + (result instanceof SignInResult.WrongCode
                        ? ", wrong code of the second factor"
                        : ""));
            // What a stolen password looks like, and the first half of every sign-in with two factors.
            case SignInResult.CodeNeeded _ -> audit.refused(call.origin(), AuditAction.SIGN_IN, name,
                    by + " was right, the code of the second factor was asked for");
            case SignInResult.SignedIn _, SignInResult.Unfit _, SignInResult.Reused _, SignInResult.Disabled _ -> {}
        }
        return answer(result, ProblemCode.WRONG_CREDENTIALS, wrong);
    }

    private Answer changePassword(Call call) {
        ChangePassword body = call.json(ChangePassword.class);
        SignInResult result = signIns.changePassword(call.caller().account(), body.oldPassword(), body.newPassword(),
                call.device(body.device()), kept(call.remoteAddress(), AuditAction.PASSWORD_CHANGED, audit));
        if (result instanceof SignInResult.Wrong) {
            audit.refused(call.origin(), AuditAction.PASSWORD_CHANGED, call.caller().account(), "wrong password");
        }
        return answer(result, ProblemCode.WRONG_CREDENTIALS, "The old password is wrong.");
    }

    static Answer answer(SignInResult result, ProblemCode wrong, String text) {
        return switch (result) {
            case SignInResult.SignedIn signedIn -> Answer.json(signedIn.tokens()).with("Cache-Control", "no-store");
            case SignInResult.Wrong _, SignInResult.Reused _ -> throw new ProblemException(wrong, text);
            case SignInResult.Disabled _ -> throw new ProblemException(ProblemCode.ACCOUNT_DISABLED,
                    "This account is disabled. Ask an administrator.");
            case SignInResult.CodeNeeded _ -> throw new ProblemException(ProblemCode.SECOND_FACTOR_NEEDED,
                    "Enter the code that your authenticator shows now, or one of your recovery codes.", "code");
            case SignInResult.WrongCode _ -> throw new ProblemException(ProblemCode.WRONG_CREDENTIALS,
                    "The code is wrong, or was used before; wait for the next one.", "code");
            case SignInResult.Unfit unfit -> throw new ProblemException(ProblemCode.INVALID, unfit.reason(),
                    "newPassword");
            case SignInResult.Later later -> throw tooOften(later);
        };
    }

    static ProblemException tooOften(SignInResult.Later later) {
        return ProblemException.later(later.busy() ? ProblemCode.UNAVAILABLE : ProblemCode.TOO_MANY_REQUESTS,
                later.busy()
                        ? "This cannot be done at this moment; try again in " + seconds(later.seconds()) + "."
                        : "Too many attempts have failed; try again in " + seconds(later.seconds()) + ".",
                later.seconds());
    }

    private static String seconds(long number) {
        return number == 1 ? "a second" : number + " seconds";
    }
}
