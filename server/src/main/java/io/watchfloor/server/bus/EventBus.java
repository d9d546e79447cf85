package io.watchfloor.server.bus;

import java.util.function.Consumer;

/// Tells the other instances of this installation what happened here: a doorbell, not a log.
///
/// Delivery: at most once, or twice; in any order; a message may be lost, and nobody is told. An instance does not hear
/// its own messages. [#publish] never blocks and never fails; what cannot be sent is dropped and counted. Listeners are
/// called on the bus's thread, must only hand over, and must not throw.
///
/// Thread-safe.
public interface EventBus extends AutoCloseable {

    void publish(BusMessage message);

    /// Adds a listener for all messages of other instances.
    void subscribe(Consumer<BusMessage> listener);

    /// Adds a listener that is called when messages may have been lost: after a reconnect.
    void onGap(Runnable listener);

    /// Whether messages can be sent at present.
    boolean isConnected();

    @Override
    void close();
}
