package io.watchfloor.server.audit;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.SigningKey.Purpose;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.Together;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down who did what. Each instance has a chain of its own. An act of an administrator and its event are kept both
/// or neither; refusals that come again and again are counted, so that a flood of them does not flood the log.
///
/// Calls block; they fail with [StoreException], but for those that tell of refusals. Thread-safe.
public final class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int LONGEST = 300;

    private final AuditStore store;
    private final Together together;
    private final AuditKeys keys;
    private final InstantSource clock;
    private final String writer;
    private final Refusals refusals = new Refusals();
    private List<ChainHead> told = List.of();

    /// @param writer names the chain: that of the instance
    public AuditLog(AuditStore store, Together together, AuditKeys keys, InstantSource clock, String writer) {
        this.store = store;
        this.together = together;
        this.keys = keys;
        this.clock = clock;
        this.writer = writer;
    }

    /// Does something and writes it down. Where it cannot be written down, it is not done.
    ///
    /// @param work calls stores, and nothing that cannot be undone
    public <T> T act(Origin by, AuditAction action, @Nullable String subject, String detail, Supplier<T> work) {
        return together.together(() -> {
            T result = work.get();
            done(by, action, subject, detail);
            return result;
        });
    }

    /// Writes down what is about to be done, and does it: for what cannot be taken back together with its record. Where it
    /// cannot be written down, it is not done; where it fails, that is written too.
    public <T extends @Nullable Object> T announced(Origin by, AuditAction action, @Nullable String subject,
            String detail, Supplier<T> work) {
        done(by, action, subject, detail);
        try {
            return work.get();
        } catch (RuntimeException e) {
            writeIfPossible(event(by, action, subject, AuditOutcome.REFUSED, detail + ": it was not done", 1));
            throw e;
        }
    }

    /// Does something that is kept whole or not at all: what is written down within it too.
    public <T extends @Nullable Object> T together(Supplier<T> work) {
        return together.together(work);
    }

    /// Writes down what was done.
    public void done(Origin by, AuditAction action, @Nullable String subject, String detail) {
        write(event(by, action, subject, AuditOutcome.DONE, detail, 1));
    }

    /// Somebody was refused. The first such refusal within a minute is written at once, and how many followed at its end.
    /// Where it cannot be written, he is refused all the same.
    public void refused(Origin by, AuditAction action, @Nullable String subject, String detail) {
        AuditEvent event = event(by, action, subject, AuditOutcome.REFUSED, detail, 1);
        if (refusals.isFirst(event)) {
            writeIfPossible(event);
        }
    }

    /// Writes how many refusals have followed on those that were written. To be called each minute, and at the end.
    public void flush() {
        refusals.take(clock.millis()).forEach(this::writeIfPossible);
    }

    /// Signs how far all chains go, where they have gone on since that was last kept.
    ///
    /// @param outside is given the line, to keep it outside the database; tells whether it did
    public synchronized void checkpoint(Predicate<String> outside) {
        List<ChainHead> heads = store.heads();
        if (!heads.equals(told)
                && outside.test(Checkpoint.sign(clock.millis(), heads, keys.newest(Purpose.CHECKPOINT)).line())) {
            told = heads;
        }
    }

    /// The events before an id, the newest first.
    ///
    /// @param before absent for the newest
    public List<ChainedEvent> page(@Nullable Long before, AuditFilter filter, int most) {
        return store.page(before, filter, most);
    }

    private AuditEvent event(Origin by, AuditAction action, @Nullable String subject, AuditOutcome outcome,
            String detail, int times) {
        return new AuditEvent(clock.millis(), shown(by.actor()), shown(by.address()), action, shown(subject), outcome,
                String.valueOf(shown(detail)), times);
    }

    /// Whether a character neither breaks a line, nor hides or turns around what is beside it.
    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }

    /// What others have typed comes in bounded, and on one line as it was written.
    private static @Nullable String shown(@Nullable String text) {
        return text == null
                ? null
                : text.codePoints().limit(LONGEST).map(c -> isPlain(c) ? c : 0xfffd)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private void write(AuditEvent event) {
        store.append(writer, event, new Chain(keys.newest(Purpose.AUDIT)));
    }

    private void writeIfPossible(AuditEvent event) {
        try {
            write(event);
        } catch (StoreException e) {
            LOG.warn("A refusal could not be written to the audit log: {} of {} from {}, {} times. {}",
                    event.action().code(), event.actor(), event.address(), event.times(), e.getMessage());
        }
    }
}
