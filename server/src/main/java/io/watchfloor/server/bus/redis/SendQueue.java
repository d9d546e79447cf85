package io.watchfloor.server.bus.redis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Frames that wait for the sender, bounded in bytes. Thread-safe.
final class SendQueue {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Queue<byte[]> frames = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;
    private boolean lost;

    SendQueue(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /// @return false where there is no room for it
    boolean offer(byte[] frame) {
        lock.lock();
        try {
            if (bytes + frame.length > mostBytes) {
                lost = true;
                return false;
            }
            frames.add(frame);
            bytes += frame.length;
            filled.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a frame, but no longer than that.
    byte @Nullable [] poll(Duration wait) throws InterruptedException {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (frames.isEmpty() && left > 0) {
                left = filled.awaitNanos(left);
            }
            byte[] frame = frames.poll();
            if (frame != null) {
                bytes -= frame.length;
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    void markLost() {
        lock.lock();
        try {
            lost = true;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a frame was lost since the last time this said so.
    boolean takeLost() {
        lock.lock();
        try {
            boolean was = lost;
            lost = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
