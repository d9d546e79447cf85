package io.watchfloor.client.sync;

/// The server's time as this machine knows it. Before the first greeting it is this machine's wall time plus the offset
/// that was last measured; from then on it runs with the monotonic clock, so that a jump of this machine's clock does
/// not move it. Thread-safe.
final class ServerClock {

    private final Time time;
    private volatile long offset;
    private volatile boolean measured;
    private long bestRoundTrip = Long.MAX_VALUE;

    /// @param lastOffset server time minus wall time, as last measured
    ServerClock(Time time, long lastOffset) {
        this.time = time;
        this.offset = lastOffset;
    }

    /// Milliseconds since 1970 UTC.
    long now() {
        return measured ? time.monotonic() + offset : time.wall() + offset;
    }

    /// Server time minus this machine's wall time.
    long wallOffset() {
        return now() - time.wall();
    }

    /// A new connection begins: its measurements count, not those of the last one.
    synchronized void greeted(long serverTime) {
        bestRoundTrip = Long.MAX_VALUE;
        offset = serverTime - time.monotonic();
        measured = true;
    }

    /// Takes a measurement where its round trip is among the shortest, for those are the least wrong.
    ///
    /// @param arrived by the monotonic clock
    synchronized void measured(long serverTime, long roundTrip, long arrived) {
        if (roundTrip / 3 * 2 <= bestRoundTrip) {
            bestRoundTrip = Math.min(bestRoundTrip, roundTrip);
            offset = serverTime + roundTrip / 2 - arrived;
        }
    }
}
