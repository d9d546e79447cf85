package io.watchfloor.client.sync;

/// A listener that was added, and can be taken away again.
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /// Takes the listener away; again does nothing.
    @Override
    void close();
}
