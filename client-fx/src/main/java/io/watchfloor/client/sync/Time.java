package io.watchfloor.client.sync;

/// The machine's clocks. Thread-safe.
public interface Time {

    /// Milliseconds since 1970 UTC by this machine's clock, which may jump.
    long wall();

    /// Milliseconds from an arbitrary start; never jumps.
    long monotonic();

    Time SYSTEM = new Time() {

        @Override
        public long wall() {
            return System.currentTimeMillis();
        }

        @Override
        public long monotonic() {
            return System.nanoTime() / 1_000_000;
        }
    };
}
