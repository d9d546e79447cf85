package io.watchfloor.client.sync;

/// Runs tasks later, on the owner executor. Owner executor only.
public interface Timer {

    /// Runs the task once, no earlier than after the given time.
    ///
    /// @param millis 0 or more
    Scheduled after(long millis, Runnable task);

    /// A task that was scheduled.
    interface Scheduled {

        /// Once this returns the task does not start any more. Cancelling again, or after it ran, does nothing.
        void cancel();
    }
}
