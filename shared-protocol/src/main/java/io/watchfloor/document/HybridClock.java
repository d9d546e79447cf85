package io.watchfloor.document;

/// Makes stamps that are later than every stamp it made or saw, and as near to wall time as that allows. Time is passed
/// in. Confined to its owner's executor.
public final class HybridClock {

    private long wall;
    private int counter;

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
            counter = 0;
        } else if (counter == Integer.MAX_VALUE) {
            wall++;
            counter = 0;
        } else {
            counter++;
        }
        return new Stamp(wall, counter, replica);
    }
}
