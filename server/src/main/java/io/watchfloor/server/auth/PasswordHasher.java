package io.watchfloor.server.auth;

import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Hashes passwords with Argon2id, on few threads with a short queue: whoever floods it with sign-ins finds it busy, and
/// takes neither the memory nor the processors of the others.
///
/// Source: OWASP password storage, RFC 9106. Calls block. Thread-safe.
public final class PasswordHasher implements AutoCloseable {

    /// What one run takes.
    ///
    /// @param memory KiB
    public record Cost(int memory, int iterations) {

        /// For serving; the second of the choices that OWASP recommends.
        public static final Cost SERVING = new Cost(19 << 10, 2);
    }

    private static final int OUTPUT_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int MOST_WAITING = 32;

    private final SecureRandom random;
    private final Cost cost;
    private final ThreadPoolExecutor threads;
    private final LongAdder runs = new LongAdder();
    /// Stands in for the hash of an account that there is not; no password is known for it.
    private final String nobody;

    /// @param parallel runs at the same time, at least 1
    public PasswordHasher(SecureRandom random, Cost cost, int parallel) {
        this.random = random;
        this.cost = cost;
        this.threads = new ThreadPoolExecutor(parallel, parallel, 1, TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(MOST_WAITING), Thread.ofPlatform().name("argon2-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        this.nobody = run(Secret.random(random));
    }

    /// @return the hash in PHC format
    /// @throws BusyException where too many wait already
    public String hash(String password) {
        return inPool(() -> run(password));
    }

    /// Whether the password fits the hash. Takes exactly one run of Argon2id in either case, also where there is no hash,
    /// so that the time of an answer does not tell which accounts there are.
    ///
    /// @throws BusyException where too many wait already
    public boolean fits(String password, @Nullable String hash) {
        String against = hash == null ? nobody : hash;
        boolean fits = inPool(() -> {
            runs.increment();
            return PasswordHash.read(against).fits(password);
        });
        return fits && hash != null;
    }

    /// Whether a hash was made with less than is asked for today, so that it ought to be made again.
    boolean isOutdated(String hash) {
        return PasswordHash.read(hash).isLessThan(cost);
    }

    /// Runs of Argon2id until now.
    public long runs() {
        return runs.sum();
    }

    private String run(String password) {
        runs.increment();
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return PasswordHash.make(password, cost, OUTPUT_BYTES, salt).text();
    }

    private <T> T inPool(Callable<T> run) {
        try {
            Future<T> result = threads.submit(run);
            return result.get();
        } catch (RejectedExecutionException e) {
            throw new BusyException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BusyException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Argon2id failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /// Too many passwords wait to be hashed; try again in a moment.
    public static final class BusyException extends RuntimeException {

        BusyException() {
            super("too many passwords wait to be checked", null, false, false);
        }
    }
}
