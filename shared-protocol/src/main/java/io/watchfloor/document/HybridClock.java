package io.watchfloor.document;

/// Makes stamps that are later than every stamp it made or saw, and as near to wall time as that allows. A replica's clock
/// gives even counters and a room's odd ones: a room stamps in a replica's name what it logs otherwise than it was pushed,
/// and that stamp must be none that the replica has made meanwhile. Time is passed in. Confined to its owner's executor.
public final class HybridClock {

    private static final int STEP = 2;

    private final int least;
    private long wall;
    private int counter;

    private HybridClock(int least) {
        this.least = least;
    }

    /// The clock of a replica.
    public static HybridClock ofReplica() {
        return new HybridClock(0);
    }

    /// The clock of a room.
    public static HybridClock ofRoom() {
        return new HybridClock(1);
    }

    /// Takes note of a stamp, so that every later one is greater.
    public void observe(Stamp stamp) {
        if (stamp.wall() > wall) {
            wall = stamp.wall();
            counter = stamp.counter();
        } else if (stamp.wall() == wall && stamp.counter() > counter) {
            counter = stamp.counter();
        }
    }

    /// @param now milliseconds since 1970 UTC, server time
    public Stamp next(long now, int replica) {
        if (now > wall) {
            wall = now;
            counter = least;
        } else if (counter > Integer.MAX_VALUE - STEP) {
            wall++;
            counter = least;
        } else {
            counter += counter % STEP == least ? STEP : 1;
        }
        return new Stamp(wall, counter, replica);
    }
}
