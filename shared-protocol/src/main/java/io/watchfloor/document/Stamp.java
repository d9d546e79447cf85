package io.watchfloor.document;

/// When and by whom a property was set: a hybrid logical clock. Stamps are in total order, and the greatest wins.
///
/// @param wall milliseconds since 1970 UTC, server time, 0 to [#MAX_WALL]
/// @param counter order within a millisecond, 0 or more
/// @param replica the number the dashboard gave to the replica, 0 or more
///
/// Source: Kulkarni et al., "Logical Physical Clocks", 2014. Immutable.
public record Stamp(long wall, int counter, int replica) implements Comparable<Stamp> {

    /// Greatest wall time: 2^48 - 1, some 8,900 years from now.
    public static final long MAX_WALL = (1L << 48) - 1;

    /// Replica number in operations that were made before the dashboard gave one.
    public static final int PROVISIONAL_REPLICA = Integer.MAX_VALUE;

    /// @throws IllegalArgumentException where a part is negative or the wall time too great
    public Stamp {
        if (wall < 0 || wall > MAX_WALL || counter < 0 || replica < 0) {
            throw new IllegalArgumentException("a stamp has no negative part and a wall time of at most 2^48 - 1");
        }
    }

    public Stamp withReplica(int number) {
        return new Stamp(wall, counter, number);
    }

    @Override
    public int compareTo(Stamp other) {
        if (wall != other.wall) {
            return Long.compare(wall, other.wall);
        }
        return counter != other.counter
                ? Integer.compare(counter, other.counter)
                : Integer.compare(replica, other.replica);
    }
}
