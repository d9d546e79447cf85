package io.watchfloor.server.room;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What many sessions are told at once, encoded at most once per encoding however many read it. Thread-safe.
public final class Frame {

    private final List<ServerMessage> messages;
    private volatile byte @Nullable [] json;
    private volatile byte @Nullable [] cbor;

    public Frame(ServerMessage message) {
        this(List.of(message));
    }

    /// @param messages in their order
    public Frame(List<ServerMessage> messages) {
        this.messages = List.copyOf(messages);
    }

    public List<ServerMessage> messages() {
        return messages;
    }

    /// The encoded messages; shared, not to be changed.
    public byte[] bytes(Encoding encoding) {
        byte[] bytes = encoding == Encoding.JSON ? json : cbor;
        return bytes == null ? encode(encoding) : bytes;
    }

    private synchronized byte[] encode(Encoding encoding) {
        byte[] known = encoding == Encoding.JSON ? json : cbor;
        if (known != null) {
            return known;
        }
        RecordCodec codec = RecordCodec.of(encoding);
        byte[] bytes = messages.size() == 1
                ? codec.encode(messages.getFirst())
                : codec.join(messages.stream().map(codec::encode).toList());
        switch (encoding) {
            case JSON -> json = bytes;
            case CBOR -> cbor = bytes;
        }
        return bytes;
    }
}
