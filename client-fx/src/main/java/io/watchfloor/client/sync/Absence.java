package io.watchfloor.client.sync;

import io.watchfloor.protocol.Right;

/// Since when this desktop has not been in a room, until when it saw what is there, and what it is told when it is back.
/// Owner executor only.
final class Absence {

    /// Who was away for less has missed nothing that needs telling.
    static final long AWAY_MILLIS = 5_000;
    /// How often it is written down that the copy is as new as the server's.
    private static final long SEEN_INTERVAL_MILLIS = 30_000;

    private final DashboardCopy copy;
    private final DashboardListener listener;
    private final Surroundings surroundings;
    private final ServerClock serverClock;
    private long seenAt;
    private long nextSeen = Long.MIN_VALUE;
    private long since;
    private boolean away = true;
    private boolean forLong;

    /// @param unsent whether edits of an earlier run wait, so that one was away at least since then
    Absence(DashboardCopy copy, DashboardListener listener, Surroundings surroundings, ServerClock serverClock,
            boolean unsent) {
        this.copy = copy;
        this.listener = listener;
        this.surroundings = surroundings;
        this.serverClock = serverClock;
        since = surroundings.time().monotonic();
        forLong = unsent;
    }

    /// Until when the copy is known to have been as new as the server's, server time; 0 where it never was.
    long seenAt() {
        return seenAt;
    }

    /// A copy is shown that was kept.
    void opened(long keptSeenAt) {
        seenAt = keptSeenAt;
    }

    /// The room was left, or the connection to it is lost.
    void begin(Right right) {
        since = surroundings.time().monotonic();
        away = true;
        copy.seen(right);
    }

    /// Joined.
    void end(Right right) {
        forLong |= away && surroundings.time().monotonic() - since >= AWAY_MILLIS;
        seen(right);
    }

    /// The copy is as new as the server's now.
    void seen(Right right) {
        seenAt = serverClock.now();
        long now = surroundings.time().monotonic();
        if (now >= nextSeen) {
            nextSeen = now + SEEN_INTERVAL_MILLIS;
            copy.seen(right);
        }
    }

    /// Tells at once what a log that was restored lacks: whatever happens next, nobody remembers it any more.
    void tellLost() {
        copy.reunion().lost().ifPresent(listener::merged);
    }

    /// Tells what came together, once all that waited is decided: everything where one was away for a while, else only
    /// what takes something from a person.
    void tell() {
        copy.reunion().merged().ifPresent(merged -> {
            boolean told = away && (forLong || !merged.overridden().isEmpty());
            away = false;
            forLong = false;
            if (told && !merged.isEmpty()) {
                listener.merged(merged);
            }
        });
    }
}
