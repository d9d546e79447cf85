package io.watchfloor.server.bus;

import java.util.concurrent.atomic.LongAdder;

/// What a bus counts, for metrics. Thread-safe.
public final class BusFigures {

    public final LongAdder sent = new LongAdder();
    /// Messages that could not be sent.
    public final LongAdder dropped = new LongAdder();
    /// Messages of other instances that were handed to the listeners.
    public final LongAdder received = new LongAdder();
    /// Messages that could not be read, such as those of a newer version.
    public final LongAdder unreadable = new LongAdder();
    /// How often messages may have been lost on the way here.
    public final LongAdder gaps = new LongAdder();
    /// Faults of listeners, which must not throw.
    public final LongAdder listenerFaults = new LongAdder();
}
