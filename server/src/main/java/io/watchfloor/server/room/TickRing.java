package io.watchfloor.server.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The latest ticks of a room, encoded once and read by every session at its own pace. Thread-safe.
public final class TickRing {

    /// Ticks that are kept: some ten seconds of a busy room.
    static final int CAPACITY = 512;

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long newest;

    /// What a session lacks.
    ///
    /// @param lost how many ticks are no longer held, 0 in good times
    /// @param frames in order
    /// @param position of the last of them
    public record Missing(long lost, List<Frame> frames, long position) {}

    synchronized void add(long position, Frame frame) {
        newest = position;
        frames.addLast(frame);
        if (frames.size() > CAPACITY) {
            frames.removeFirst();
        }
    }

    public synchronized long newest() {
        return newest;
    }

    /// The ticks after a position.
    ///
    /// @param most more are left for the next call
    public synchronized Missing after(long position, int most) {
        long held = newest - frames.size();
        long start = Math.max(position, held);
        List<Frame> missing = new ArrayList<>();
        long at = held;
        for (Frame frame : frames) {
            if (at >= start && missing.size() < most) {
                missing.add(frame);
            }
            at++;
        }
        return new Missing(start - position, missing, start + missing.size());
    }
}
