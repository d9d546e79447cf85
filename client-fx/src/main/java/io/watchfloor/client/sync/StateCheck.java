package io.watchfloor.client.sync;

import io.watchfloor.protocol.ServerMessage;

/// Compares the copy with what the server says it must look like, and counts how often it did not. Once found to differ
/// it is not doubted again for a while, so that a difference that does not go away costs little. Owner executor only.
final class StateCheck {

    private static final long INTERVAL_MILLIS = 30_000;

    private final DashboardCopy copy;
    private final Surroundings surroundings;
    private long next = Long.MIN_VALUE;
    private int healed;

    StateCheck(DashboardCopy copy, Surroundings surroundings) {
        this.copy = copy;
        this.surroundings = surroundings;
    }

    /// How often the copy was found to differ from the server's at the same revision, and replaced.
    int healed() {
        return healed;
    }

    /// Whether the copy has to be replaced: it is at the beat's revision, and differs there.
    boolean differs(ServerMessage.Beat beat) {
        if (beat.revision() != copy.revision() || beat.hash().equals(copy.stateHash())
                || surroundings.time().monotonic() < next) {
            return false;
        }
        next = surroundings.time().monotonic() + INTERVAL_MILLIS;
        healed++;
        return true;
    }
}
