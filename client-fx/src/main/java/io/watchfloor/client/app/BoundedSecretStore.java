package io.watchfloor.client.app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A [SecretStore] that is not waited for longer than told. While a call that was given up is still under way, later
/// ones fail at once. For one thread at a time, which may block; [#giveUpFinding] is for any.
final class BoundedSecretStore implements AutoCloseable {

    private final SecretStore store;
    // never waited for at the end: it may hang for ever
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("key-store").factory());
    private @Nullable Future<?> last;
    private volatile @Nullable Future<?> finding;
    private volatile boolean findsNoMore;

    BoundedSecretStore(SecretStore store) {
        this.store = store;
    }

    String find(String name, Duration patience) throws IOException {
        FutureTask<String> asked = new FutureTask<>(() -> store.find(name));
        finding = asked;
        if (findsNoMore) { // whoever gives up meanwhile sees the call
            asked.cancel(true);
        }
        return call(asked, patience, new AtomicBoolean());
    }

    /// Ends the call to [#find] that is under way, and those that come later.
    void giveUpFinding() {
        findsNoMore = true;
        Future<?> now = finding;
        if (now != null) {
            now.cancel(true);
        }
    }

    /// Where it is given up, what the store takes later is taken out of it again.
    void keep(String name, String secret, Duration patience) throws IOException {
        AtomicBoolean settled = new AtomicBoolean();
        call(new FutureTask<>(() -> {
            store.keep(name, secret);
            if (!settled.compareAndSet(false, true)) {
                store.forget(name);
            }
            return true;
        }), patience, settled);
    }

    void forget(String name, Duration patience) throws IOException {
        call(new FutureTask<>(() -> {
            store.forget(name);
            return true;
        }), patience, new AtomicBoolean());
    }

    /// @param settled set by whoever is first: the call that has done its work, or the caller who gives up
    private <T> T call(FutureTask<T> asked, Duration patience, AtomicBoolean settled) throws IOException {
        if (last != null && !last.isDone()) {
            throw new IOException("The key store of this computer has not answered yet.");
        }
        last = asked;
        thread.execute(asked);
        try {
            return answer(asked, patience, settled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The key store of this computer was not waited for.", e);
        } catch (CancellationException e) {
            throw new IOException("The key store of this computer is not waited for any more.", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException refused
                    ? refused
                    : new IOException("The key store of this computer failed.", e.getCause());
        }
    }

    private static <T> T answer(Future<T> asked, Duration patience, AtomicBoolean settled)
            throws IOException, InterruptedException, ExecutionException {
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            if (!settled.compareAndSet(false, true)) {
                return asked.get();
            }
            throw new IOException("The key store of this computer did not answer within " + patience.toSeconds()
                    + " s.", e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
