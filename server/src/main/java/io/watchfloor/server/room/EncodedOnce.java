package io.watchfloor.server.room;

import io.watchfloor.protocol.codec.Encoding;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Bytes of something that many are sent, made at most once in each encoding. Thread-safe.
final class EncodedOnce {

    private final Function<Encoding, byte[]> encoder;
    private volatile byte @Nullable [] json;
    private volatile byte @Nullable [] cbor;

    EncodedOnce(Function<Encoding, byte[]> encoder) {
        this.encoder = encoder;
    }

    /// Shared, not to be changed.
    byte[] in(Encoding encoding) {
        byte[] bytes = known(encoding);
        return bytes == null ? encode(encoding) : bytes;
    }

    private byte @Nullable [] known(Encoding encoding) {
        return encoding == Encoding.JSON ? json : cbor;
    }

    private synchronized byte[] encode(Encoding encoding) {
        byte[] known = known(encoding);
        if (known != null) {
            return known;
        }
        byte[] bytes = encoder.apply(encoding);
        switch (encoding) {
            case JSON -> json = bytes;
            case CBOR -> cbor = bytes;
        }
        return bytes;
    }
}
