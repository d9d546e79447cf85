package io.watchfloor.client.sync.rest;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.NewVersion;
import io.watchfloor.protocol.rest.Restore;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionList;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The past of one dashboard, as the server keeps it. Futures complete as those of [Account] do. Thread-safe.
public interface Past {

    /// @param before revision that the page ends before; absent for the newest
    CompletableFuture<Outcome<HistoryPage>> page(@Nullable Long before);

    CompletableFuture<Outcome<VersionList>> versions();

    /// Names the newest revision.
    CompletableFuture<Outcome<Account.Done>> name(String name);

    /// Takes a name away; what it named is had as long as the history reaches back to it.
    CompletableFuture<Outcome<Account.Done>> forget(String name);

    /// The dashboard as it was.
    CompletableFuture<Outcome<DashboardAt>> at(long revision);

    /// Makes the dashboard look as it did at a revision, by a new change.
    ///
    /// @param epoch of the log that the revision is of; refused where it is another one now
    CompletableFuture<Outcome<Restored>> restore(Epoch epoch, long revision);

    /// That of an account.
    static Past of(Account account, DashboardId dashboard) {
        String path = "/dashboards/" + dashboard;
        return new Past() {

            @Override
            public CompletableFuture<Outcome<HistoryPage>> page(@Nullable Long before) {
                return account.get(path + "/history" + (before == null ? "" : "?before=" + before), HistoryPage.class);
            }

            @Override
            public CompletableFuture<Outcome<VersionList>> versions() {
                return account.get(path + "/versions", VersionList.class);
            }

            @Override
            public CompletableFuture<Outcome<Account.Done>> name(String name) {
                return account.post(path + "/versions", new NewVersion(name, null));
            }

            @Override
            public CompletableFuture<Outcome<Account.Done>> forget(String name) {
                return account.delete(path + "/versions/" + RestClient.pathPart(name));
            }

            @Override
            public CompletableFuture<Outcome<DashboardAt>> at(long revision) {
                return account.get(path + "/revisions/" + revision, DashboardAt.class);
            }

            @Override
            public CompletableFuture<Outcome<Restored>> restore(Epoch epoch, long revision) {
                return account.post(path + "/restore", new Restore(revision, epoch), Restored.class);
            }
        };
    }
}
