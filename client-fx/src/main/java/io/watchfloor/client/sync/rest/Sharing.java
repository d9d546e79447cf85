package io.watchfloor.client.sync.rest;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.Directory;
import io.watchfloor.protocol.rest.GrantList;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.concurrent.CompletableFuture;

/// With whom one dashboard is shared. Futures complete as those of [Account] do. Thread-safe.
public interface Sharing {

    /// Name of the account that asks.
    String me();

    /// Its role, as it was told last.
    Role role();

    /// Who may do what; for owners.
    CompletableFuture<Outcome<GrantList>> list();

    /// Grants a right in place of the one before.
    CompletableFuture<Outcome<GrantList>> grant(GrantRow grant);

    /// Whom one may share with.
    CompletableFuture<Outcome<Directory>> directory();

    /// That of an account.
    static Sharing of(Account account, DashboardId dashboard) {
        String path = "/dashboards/" + dashboard + "/grants";
        return new Sharing() {

            @Override
            public String me() {
                return account.name();
            }

            @Override
            public Role role() {
                return account.role();
            }

            @Override
            public CompletableFuture<Outcome<GrantList>> list() {
                return account.get(path, GrantList.class);
            }

            @Override
            public CompletableFuture<Outcome<GrantList>> grant(GrantRow grant) {
                return account.post(path, grant, GrantList.class);
            }

            @Override
            public CompletableFuture<Outcome<Directory>> directory() {
                return account.get("/directory", Directory.class);
            }
        };
    }
}
