package io.watchfloor.server.limit;

import io.watchfloor.server.limit.Limit.Outage;
import io.watchfloor.server.limit.Limit.Reach;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says whether something may be done, and counts it. Every limit is counted in this instance's memory first, so that a
/// flood costs no more than that; what passes there is counted by all instances together where the limit is shared.
/// While they cannot be reached, a limit that fails open goes by memory alone, and one that fails closed refuses.
///
/// Calls for shared limits may block for some tenths of a second; make them from virtual threads. Thread-safe.
public final class Limiter {

    private static final Logger LOG = LoggerFactory.getLogger(Limiter.class);
    /// What one is told to wait for while shared buckets cannot be reached.
    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private final Buckets own;
    private final @Nullable Buckets shared;
    private final Map<Limit, LongAdder> refused = new EnumMap<>(Limit.class);
    private volatile boolean gone;

    /// @param own buckets in memory
    /// @param shared buckets of all instances; absent where this is the only one
    public Limiter(Buckets own, @Nullable Buckets shared) {
        this.own = own;
        this.shared = shared;
        for (Limit limit : Limit.values()) {
            refused.put(limit, new LongAdder());
        }
    }

    /// One thing to count.
    ///
    /// @param key is kept as it is up to [#LONGEST_KEY] characters, and as its hash beyond
    public record Count(Limit limit, String key) {

        public static final int LONGEST_KEY = 200;

        public Count {
            key = key.length() > LONGEST_KEY ? hash(key) : key;
        }

        private static String hash(String key) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
    }

    public Verdict take(Limit limit, String key) {
        return take(List.of(new Count(limit, key)));
    }

    /// Takes all of them or none.
    public Verdict take(List<Count> counts) {
        List<Count> taken = new ArrayList<>(counts.size());
        for (Count count : counts) {
            Verdict verdict = one(count);
            if (!(verdict instanceof Verdict.Passed)) {
                taken.forEach(this::giveBack);
                adder(count.limit()).increment();
                return verdict;
            }
            taken.add(count);
        }
        return Verdict.PASSED;
    }

    private Verdict one(Count count) {
        Duration wait = own.take(count.limit(), count.key());
        if (!wait.isZero()) {
            return new Verdict.TooOften(wait);
        }
        if (shared == null || count.limit().reach() == Reach.LOCAL) {
            return Verdict.PASSED;
        }
        Verdict verdict;
        try {
            Duration together = shared.take(count.limit(), count.key());
            told(null);
            verdict = together.isZero() ? Verdict.PASSED : new Verdict.TooOften(together);
        } catch (BucketsGoneException e) {
            told(e);
            verdict = count.limit().outage() == Outage.OPEN ? Verdict.PASSED : new Verdict.Uncounted(OUTAGE);
        }
        if (!(verdict instanceof Verdict.Passed)) {
            own.giveBack(count.limit(), count.key());
        }
        return verdict;
    }

    /// Takes back what was counted and is not to count, as a sign-in that succeeded.
    public void giveBack(Count count) {
        own.giveBack(count.limit(), count.key());
        if (shared != null && count.limit().reach() == Reach.SHARED) {
            try {
                shared.giveBack(count.limit(), count.key());
            } catch (BucketsGoneException e) {
                told(e);
            }
        }
    }

    /// How often a limit has refused something since the start.
    public long refused(Limit limit) {
        return adder(limit).sum();
    }

    private LongAdder adder(Limit limit) {
        LongAdder adder = refused.get(limit);
        if (adder == null) {
            throw new IllegalStateException("every limit has its counter");
        }
        return adder;
    }

    private void told(@Nullable BucketsGoneException fault) {
        if (fault != null && !gone) {
            gone = true;
            LOG.warn(
                    "Limits cannot be counted together with other instances: {}. Each counts for itself; until this is "
                            + "over, one-time codes and changes of passwords are refused.",
                    fault.getMessage());
        } else if (fault == null && gone) {
            gone = false;
            LOG.info("Limits are counted together with other instances again.");
        }
    }
}
