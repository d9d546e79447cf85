package io.watchfloor.client.view.factor;

import io.watchfloor.client.sync.rest.Account.Done;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SecondFactor;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.RecoveryCodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// A second factor without a server, whose password is `right` and whose codes are `123456`. Confined to one thread.
public final class FakeFactor implements SecondFactor {

    public static final String PASSWORD = "right";
    public static final String CODE = "123456";
    public static final FactorEnrolment ENROLMENT = new FactorEnrolment("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "otpauth://totp/Watchfloor:anna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Watchfloor"
                    + "&algorithm=SHA1&digits=6&period=30");
    public static final List<String> CODES = IntStream.range(0, 10).mapToObj(i -> "ABCD-EFGH-JKLM-NPQR-STUV-WX2"
            + (char) ('A' + i)).toList();

    /// As the server would tell it.
    public FactorState state = new FactorState(false, false, 0);
    /// Answers everything, where it is set.
    public boolean offline;

    private <T> CompletableFuture<Outcome<T>> answer(T value) {
        return CompletableFuture.completedFuture(offline
                ? new Outcome.Unreachable<>("No server answers at wall.")
                : new Outcome.Ok<>(value));
    }

    private <T> CompletableFuture<Outcome<T>> knowing(String password, T value) {
        return offline || password.equals(PASSWORD)
                ? answer(value)
                : CompletableFuture.completedFuture(
                        new Outcome.Refused<>(401, "wrong-credentials", "The password is wrong.", "password", 0));
    }

    @Override
    public CompletableFuture<Outcome<FactorState>> state() {
        return answer(state);
    }

    @Override
    public CompletableFuture<Outcome<FactorEnrolment>> begin(String password) {
        return knowing(password, ENROLMENT);
    }

    @Override
    public CompletableFuture<Outcome<RecoveryCodes>> confirm(String code) {
        if (!code.equals(CODE)) {
            return CompletableFuture.completedFuture(
                    new Outcome.Refused<>(401, "wrong-credentials", "The code is not the one.", "code", 0));
        }
        state = new FactorState(true, state.required(), CODES.size());
        return answer(new RecoveryCodes(CODES));
    }

    @Override
    public CompletableFuture<Outcome<RecoveryCodes>> newRecoveryCodes(String password) {
        return knowing(password, new RecoveryCodes(CODES));
    }

    @Override
    public CompletableFuture<Outcome<Done>> remove(String password) {
        if (password.equals(PASSWORD) && !offline) {
            state = new FactorState(false, state.required(), 0);
        }
        return knowing(password, new Done());
    }
}
