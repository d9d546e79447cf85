package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.server.store.LogPosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a room up to what other instances have written: takes what the event bus brings where it follows on the head,
/// else reads the log as far as somebody saw it, a page at a time and one read at a time.
///
/// Confined to its room's executor.
final class LogFollower {

    private static final Logger LOG = LoggerFactory.getLogger(LogFollower.class);

    private static final int PAGE = 1_000;

    /// What the room does with what was read.
    interface Outcome {

        /// Entries of the log, to be applied where they follow on the head.
        void take(List<Entry> entries);

        /// The dashboard has begun another epoch.
        void otherEpoch();
    }

    private final DashboardId dashboard;
    private final RoomLog log;
    private final RoomContext context;
    private final Outcome outcome;
    /// Wait until the log was read as far as somebody saw it.
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private long readTo;
    private boolean reading;
    private boolean stopped;

    /// @param then what waits
    /// @param never done instead where the log cannot be read
    private record Waiter(Runnable then, Runnable never) {}

    LogFollower(DashboardId dashboard, RoomLog log, RoomContext context, Outcome outcome) {
        this.dashboard = dashboard;
        this.log = log;
        this.context = context;
        this.outcome = outcome;
    }

    /// Whether nobody waits.
    boolean isIdle() {
        return waiting.isEmpty();
    }

    void stop() {
        stopped = true;
        release(Waiter::never);
    }

    private void release(Function<Waiter, Runnable> outcome) {
        while (!waiting.isEmpty()) { // one that fails leaves the others to the room's end
            outcome.apply(waiting.removeFirst()).run();
        }
    }

    /// Entries that another instance committed; late ones of another epoch are not of this log.
    void follow(Epoch epoch, List<Entry> entries) {
        if (!epoch.equals(log.epoch()) || entries.isEmpty() || entries.getLast().revision() <= log.head()) {
            return;
        }
        if (entries.getFirst().revision() <= log.head() + 1) {
            context.figures().followed.increment();
            outcome.take(entries);
        } else {
            readTo(entries.getLast().revision());
        }
    }

    /// Compares with where the store says the log ends.
    void follow(LogPosition stored) {
        if (stopped) {
            return;
        }
        if (!stored.epoch().equals(log.epoch())) {
            outcome.otherEpoch();
        } else if (stored.revision() < log.head()) {
            // A late answer, most often; the store compares with what it has now.
            context.store().seen(dashboard, log.position()).whenComplete((_, fault) -> {
                if (fault != null) {
                    LOG.debug("Dashboard {}: the store cannot compare heads at present.", dashboard, fault);
                }
            });
        } else {
            readTo(stored.revision());
        }
    }

    /// Does something when the log was read up to a revision that somebody saw: at once where the head is there. Where
    /// the log does not go that far, it is done all the same.
    ///
    /// @param never done instead where the log cannot be read, or the room ends first
    void whenAt(long revision, Runnable then, Runnable never) {
        if (revision <= log.head()) {
            then.run();
        } else if (stopped) {
            never.run();
        } else {
            waiting.addLast(new Waiter(then, never));
            readTo(revision);
        }
    }

    private void readTo(long revision) {
        readTo = Math.max(readTo, revision);
        if (readTo > log.head() && !reading && !stopped) {
            reading = true;
            context.store().entriesAfter(dashboard, log.position(), PAGE)
                    .whenComplete((entries, fault) -> context.executor().execute(() -> read(entries, fault)));
        }
    }

    private void read(@Nullable List<Entry> entries, @Nullable Throwable fault) {
        reading = false;
        if (stopped) {
            return;
        }
        if (entries != null && !entries.isEmpty()) {
            if (entries.getFirst().revision() > log.head() + 1) {
                throw new IllegalStateException("the log does not reach back to revision " + log.head());
            }
            context.figures().followed.increment();
            outcome.take(entries);
            if (readTo > log.head()) {
                readTo(readTo);
                return;
            }
        } else if (fault != null) {
            LOG.debug("Dashboard {}: the log cannot be read at present.", dashboard, fault);
        }
        readTo = log.head();
        release(fault == null ? Waiter::then : Waiter::never);
    }
}
