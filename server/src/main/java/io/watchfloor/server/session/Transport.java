package io.watchfloor.server.session;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that a session speaks through. Thread-safe.
public interface Transport {

    /// Sends one frame. It is called again only after the last one is done.
    ///
    /// @param done called once, with the fault where there was one, on any thread
    void send(byte[] frame, Consumer<@Nullable Throwable> done);

    /// Says why and closes, in good order. Later calls do nothing.
    void close(int code, String text);

    /// Cuts the connection off at once.
    void abort();

    /// For how long a message has been coming in that has not ended, milliseconds; 0 where there is none.
    default long incomingFor() {
        return 0;
    }
}
