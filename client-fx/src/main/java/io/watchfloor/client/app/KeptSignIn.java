package io.watchfloor.client.app;

import io.watchfloor.protocol.Role;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Keeps the refresh token of one server, so that the next start need not ask for the password. What is asked is done in
/// order, elsewhere; nothing here blocks. FX thread only.
final class KeptSignIn {

    private final SignInPlaces places;
    private final Executor thread;
    private final Executor owner;
    private boolean over;

    /// @param thread does one thing after the other, and may block
    /// @param owner hears of the answers
    KeptSignIn(SignInPlaces places, Executor thread, Executor owner) {
        this.places = places;
        this.thread = thread;
        this.owner = owner;
    }

    /// What was kept.
    ///
    /// @param who was signed in; absent where an older version has kept it
    record Kept(String refreshToken, @Nullable Who who) {}

    /// Who was signed in, so that one can work without asking the server.
    record Who(String name, Role role) {}

    /// What was looked for.
    ///
    /// @param kept absent where there is nothing
    /// @param why there is nothing, where that is worth telling; else empty
    record Found(@Nullable Kept kept, String why) {}

    /// Whether there is something to find.
    boolean known() {
        return places.known();
    }

    /// @return completed on the owner's thread, after a minute at most
    CompletableFuture<Found> find() {
        return CompletableFuture.supplyAsync(places::find, thread).thenApplyAsync(found -> found, owner);
    }

    /// In place of what was kept before; nothing more is kept once it was forgotten.
    void keep(String refreshToken, String name, Role role) {
        if (!over) {
            thread.execute(() -> places.keep(refreshToken, new Who(name, role)));
        }
    }

    void forget() {
        over = true;
        thread.execute(places::forget);
    }
}
