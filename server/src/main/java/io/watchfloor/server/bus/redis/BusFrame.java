package io.watchfloor.server.bus.redis;

import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.bus.BusMessage;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What one publish carries: 16 bytes that name the sender, one that names the kind, and a message in CBOR. Immutable.
sealed interface BusFrame {

    int HEAD = 17;

    UUID sender();

    record Message(UUID sender, BusMessage message) implements BusFrame {}

    /// The sender had to drop messages.
    record Gap(UUID sender) implements BusFrame {}

    /// The connection works.
    record Beat(UUID sender) implements BusFrame {}

    default byte[] encode() {
        return switch (this) {
            case Message m -> bytes('m', RecordCodec.of(Encoding.CBOR).encode(m.message));
            case Gap _ -> bytes('g', new byte[0]);
            case Beat _ -> bytes('b', new byte[0]);
        };
    }

    /// The frame, or null where it cannot be read.
    static @Nullable BusFrame decode(byte[] bytes) {
        if (bytes.length < HEAD) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        UUID sender = new UUID(buffer.getLong(), buffer.getLong());
        byte kind = buffer.get();
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        try {
            return switch (kind) {
                case 'm' -> new Message(sender, RecordCodec.of(Encoding.CBOR).decode(body, BusMessage.class));
                case 'g' -> new Gap(sender);
                case 'b' -> new Beat(sender);
                default -> null;
            };
        } catch (CodecException _) {
            return null;
        }
    }

    private byte[] bytes(char kind, byte[] body) {
        return ByteBuffer.allocate(HEAD + body.length).putLong(sender().getMostSignificantBits())
                .putLong(sender().getLeastSignificantBits()).put((byte) kind).put(body).array();
    }
}
