package io.watchfloor.server.room;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import org.jspecify.annotations.Nullable;

/// A message for many sessions, encoded at most once per encoding however many read it. Thread-safe.
public final class Frame {

    private final ServerMessage message;
    private volatile byte @Nullable [] json;
    private volatile byte @Nullable [] cbor;

    public Frame(ServerMessage message) {
        this.message = message;
    }

    public ServerMessage message() {
        return message;
    }

    /// The encoded message; shared, not to be changed.
    public byte[] bytes(Encoding encoding) {
        byte[] bytes = encoding == Encoding.JSON ? json : cbor;
        return bytes == null ? encode(encoding) : bytes;
    }

    private synchronized byte[] encode(Encoding encoding) {
        byte[] known = encoding == Encoding.JSON ? json : cbor;
        if (known != null) {
            return known;
        }
        byte[] bytes = RecordCodec.of(encoding).encode(message);
        switch (encoding) {
            case JSON -> json = bytes;
            case CBOR -> cbor = bytes;
        }
        return bytes;
    }
}
