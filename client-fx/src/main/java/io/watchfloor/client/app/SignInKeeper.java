package io.watchfloor.client.app;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Keeps the sign-ins of this desktop on a thread of its own, because a key store may ask the person, or hang.
/// Thread-safe.
final class SignInKeeper {

    private final StateDirectory directory;
    private final KeepSignIn where;
    private final BoundedSecretStore secrets;
    private final SignInPlaces.Patience patience;
    private final Executor owner;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("sign-in-keeper").factory());

    /// @param owner hears of what was found
    SignInKeeper(StateDirectory directory, KeepSignIn where, SecretStore secrets, SignInPlaces.Patience patience,
            Executor owner) {
        this.directory = directory;
        this.where = where;
        this.secrets = new BoundedSecretStore(secrets);
        this.patience = patience;
        this.owner = owner;
    }

    KeptSignIn at(URI server) {
        return new KeptSignIn(new SignInPlaces(directory, server, where, secrets, patience), thread, owner);
    }

    /// Does what it was asked to keep and to forget, and ends; nobody waits any more for what is to be found.
    ///
    /// @return completed on any thread, within seconds
    CompletableFuture<Void> close() {
        secrets.giveUpFinding();
        CompletableFuture<Void> ended = CompletableFuture.runAsync(secrets::close, thread);
        thread.shutdown();
        return ended;
    }
}
