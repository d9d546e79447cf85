package io.watchfloor.server.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The pieces of the message that is coming in. Memory grows with what has come, not with what was announced. Confined
/// to the connection's reader, but for [#since], which is thread-safe.
final class Gathering {

    private static final int SMALL = 1_024;

    private final LongSupplier nanos;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream(SMALL);
    private volatile long began;
    private volatile boolean under;

    /// @param nanos a clock like `System::nanoTime`
    Gathering(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /// @return false where the message would be larger than allowed
    boolean add(ByteBuffer piece, int most) {
        if (bytes.size() + piece.remaining() > most) {
            return false;
        }
        if (!under) {
            began = nanos.getAsLong();
            under = true;
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        bytes.writeBytes(copy);
        return true;
    }

    /// The whole message; the next piece begins another one.
    byte[] take() {
        byte[] message = bytes.toByteArray();
        if (message.length > SMALL) {
            bytes = new ByteArrayOutputStream(SMALL);
        } else {
            bytes.reset();
        }
        under = false;
        return message;
    }

    /// For how long a message has been under way, milliseconds; 0 where there is none.
    long since() {
        return under ? TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - began) : 0;
    }
}
