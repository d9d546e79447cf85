package io.watchfloor.client.sync.rest;

import io.watchfloor.protocol.rest.FactorCode;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.Password;
import io.watchfloor.protocol.rest.RecoveryCodes;
import java.util.concurrent.CompletableFuture;

/// The second factor of the signed-in account. Futures complete as those of [Account] do. Thread-safe.
public interface SecondFactor {

    CompletableFuture<Outcome<FactorState>> state();

    /// Makes a secret for an authenticator. It counts from [#confirm] on; until then one that was there before does.
    CompletableFuture<Outcome<FactorEnrolment>> begin(String password);

    /// @param code that the authenticator shows with the new secret
    CompletableFuture<Outcome<RecoveryCodes>> confirm(String code);

    /// Makes recovery codes in place of those there are.
    CompletableFuture<Outcome<RecoveryCodes>> newRecoveryCodes(String password);

    CompletableFuture<Outcome<Account.Done>> remove(String password);

    /// That of an account.
    static SecondFactor of(Account account) {
        String path = "/second-factor";
        return new SecondFactor() {

            @Override
            public CompletableFuture<Outcome<FactorState>> state() {
                return account.get(path, FactorState.class);
            }

            @Override
            public CompletableFuture<Outcome<FactorEnrolment>> begin(String password) {
                return account.post(path, new Password(password), FactorEnrolment.class);
            }

            @Override
            public CompletableFuture<Outcome<RecoveryCodes>> confirm(String code) {
                return account.post(path + "/confirm", new FactorCode(code), RecoveryCodes.class);
            }

            @Override
            public CompletableFuture<Outcome<RecoveryCodes>> newRecoveryCodes(String password) {
                return account.post(path + "/recovery-codes", new Password(password), RecoveryCodes.class);
            }

            @Override
            public CompletableFuture<Outcome<Account.Done>> remove(String password) {
                return account.post(path + "/remove", new Password(password));
            }
        };
    }
}
