package io.watchfloor.server.room;

import java.util.concurrent.atomic.LongAdder;

/// What rooms count, for metrics. Thread-safe.
public final class RoomFigures {

    /// Pushes that were committed here.
    public final LongAdder committed = new LongAdder();
    /// Operations in them.
    public final LongAdder operations = new LongAdder();
    public final LongAdder refused = new LongAdder();
    /// Entries handed to sessions.
    public final LongAdder delivered = new LongAdder();
    /// Groups that were appended.
    public final LongAdder appends = new LongAdder();
    /// Entries that came over the bus or by polling.
    public final LongAdder followed = new LongAdder();
    /// Appends whose outcome had to be read from the log.
    public final LongAdder recoveries = new LongAdder();
    /// Rooms given up after a fault.
    public final LongAdder failures = new LongAdder();
    /// Copies of desktops that differed from the log.
    public final LongAdder copiesReplaced = new LongAdder();
    public final LongAdder ticks = new LongAdder();
    /// Frames of what people show.
    public final LongAdder presence = new LongAdder();
}
