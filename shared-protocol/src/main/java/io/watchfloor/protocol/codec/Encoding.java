package io.watchfloor.protocol.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How messages are written, negotiated as WebSocket subprotocol.
public enum Encoding {
    /// Text frames: JSON objects, one to a line.
    JSON("watchfloor.v1.json"),
    /// Binary frames: CBOR arrays, one after the other.
    CBOR("watchfloor.v1.cbor");

    private final String subprotocol;

    Encoding(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    public String subprotocol() {
        return subprotocol;
    }

    public static @Nullable Encoding ofSubprotocol(String name) {
        return Arrays.stream(values()).filter(e -> e.subprotocol.equals(name)).findFirst().orElse(null);
    }
}
