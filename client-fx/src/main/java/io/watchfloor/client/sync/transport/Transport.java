package io.watchfloor.client.sync.transport;

import java.net.URI;

/// Opens connections to a server. Neither opening nor sending ever blocks. Thread-safe.
public interface Transport extends AutoCloseable {

    /// Begins to connect with the subprotocol `watchfloor.v1.cbor`. The listener learns the outcome, also where it is
    /// already known now.
    ///
    /// @param server base address, `http` or `https`
    /// @param token sent in the `Authorization` header
    Link open(URI server, String token, Listener listener);

    /// Ends all connections and frees what they used.
    @Override
    void close();

    /// One connection. Thread-safe.
    interface Link {

        /// Sends a frame after those sent before. Frames come whole, once and in order, or the connection ends; after
        /// the end they are dropped.
        void send(byte[] frame);

        /// Ends the connection, or gives up connecting. The listener is told.
        ///
        /// @param code of the WebSocket protocol
        void close(int code, String reason);
    }

    /// Told what happens on one connection, one call after the other, on a thread of the transport: first
    /// [#opened], then frames, last [#ended], which comes exactly once in any case.
    interface Listener {

        void opened();

        /// @param frame is the listener's own from now on
        void frame(byte[] frame);

        void ended(Ending ending);
    }

    /// Why a connection ended, or never was. Immutable.
    sealed interface Ending {

        /// Closed in good order, by either side.
        ///
        /// @param code of the WebSocket protocol; 1006 where the connection broke
        record Closed(int code, String reason) implements Ending {}

        /// The server answered, but not with a WebSocket.
        ///
        /// @param status of HTTP
        record Refused(int status) implements Ending {}

        /// There was no answer.
        ///
        /// @param reason a sentence for people
        record Unreachable(String reason) implements Ending {}
    }
}
