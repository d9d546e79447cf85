package io.watchfloor.client.sync;

import io.watchfloor.protocol.ClientMessage;

/// What the parts of an open dashboard may ask of one greeted connection. Once that has ended nothing is sent any more.
@FunctionalInterface
interface Uplink {

    /// Sends after everything sent before. Thread-safe.
    void send(ClientMessage message);
}
