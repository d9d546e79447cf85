package io.watchfloor.server.room;

/// Runs something later; a port, so that a simulation can own time. Thread-safe.
public interface Delay {

    /// @param millis from now
    void after(long millis, Runnable task);
}
