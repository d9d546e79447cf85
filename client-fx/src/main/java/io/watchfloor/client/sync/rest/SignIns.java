package io.watchfloor.client.sync.rest;

import io.watchfloor.protocol.rest.SessionList;
import java.util.concurrent.CompletableFuture;

/// Where the account is signed in. Futures complete as those of [Account] do. Thread-safe.
public interface SignIns {

    CompletableFuture<Outcome<SessionList>> list();

    /// Ends one: its desktop has to sign in again.
    ///
    /// @param id as in the list
    CompletableFuture<Outcome<Account.Done>> end(String id);

    /// Ends all but the one that asks.
    CompletableFuture<Outcome<Account.Done>> endOthers();

    /// Those of an account.
    static SignIns of(Account account) {
        String path = "/sessions";
        return new SignIns() {

            @Override
            public CompletableFuture<Outcome<SessionList>> list() {
                return account.get(path, SessionList.class);
            }

            @Override
            public CompletableFuture<Outcome<Account.Done>> end(String id) {
                return account.delete(path + "/" + id);
            }

            @Override
            public CompletableFuture<Outcome<Account.Done>> endOthers() {
                return account.post(path + "/end-others", null);
            }
        };
    }
}
