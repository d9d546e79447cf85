package io.watchfloor.benchmark.desktop;

import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a server says on one connection in the clear, taken apart into whole WebSocket frames once the connection has
/// become a WebSocket; what is said before, or elsewhere, is left as it comes. Confined to its connection's thread.
final class WireFrames {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    private static final String UPGRADED = "HTTP/1.1 101 ";
    private static final String HEAD_END = "\r\n\r\n";
    private static final int BINARY_IN_ONE = 0x82;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;

    /// Bytes that belong together.
    ///
    /// @param messages that they say; none where they are no frame of messages
    record Piece(ByteBuffer bytes, List<ServerMessage> messages) {}

    private enum Stage {
        HEAD, FRAMES, OTHER
    }

    private Stage stage = Stage.HEAD;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /// What is whole now.
    List<Piece> take(byte[] bytes, int length) {
        waiting.write(bytes, 0, length);
        byte[] all = waiting.toByteArray();
        waiting.reset();
        List<Piece> whole = new ArrayList<>();
        int from = 0;
        for (int to = end(all, from); to > from; to = end(all, from)) {
            whole.add(piece(Arrays.copyOfRange(all, from, to)));
            from = to;
        }
        waiting.write(all, from, all.length - from);
        return whole;
    }

    /// Where the piece ends that begins there; there as well where it is not whole yet.
    private int end(byte[] bytes, int from) {
        return switch (stage) {
            case OTHER -> bytes.length;
            case HEAD -> {
                int at = new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1).indexOf(HEAD_END);
                yield at < 0 ? from : from + at + HEAD_END.length();
            }
            case FRAMES -> {
                int body = from + headerLength(bytes, from);
                long end = body > bytes.length ? Long.MAX_VALUE : body + payloadLength(bytes, from);
                yield end > bytes.length ? from : (int) end;
            }
        };
    }

    private static int headerLength(byte[] bytes, int from) {
        int told = from + 1 < bytes.length ? bytes[from + 1] & 0x7F : 0;
        return 2 + (told == TWO_BYTES ? Short.BYTES : told == EIGHT_BYTES ? Long.BYTES : 0);
    }

    private static long payloadLength(byte[] bytes, int from) {
        int told = bytes[from + 1] & 0x7F;
        ByteBuffer longer = ByteBuffer.wrap(bytes, from + 2, bytes.length - from - 2);
        return told == TWO_BYTES
                ? Short.toUnsignedInt(longer.getShort())
                : told == EIGHT_BYTES ? longer.getLong() : told;
    }

    private Piece piece(byte[] bytes) {
        switch (stage) {
            case HEAD -> stage = new String(bytes, StandardCharsets.ISO_8859_1).startsWith(UPGRADED)
                    ? Stage.FRAMES
                    : Stage.OTHER;
            case FRAMES -> {
                if ((bytes[0] & 0xFF) == BINARY_IN_ONE) {
                    return new Piece(ByteBuffer.wrap(bytes), CODEC.decodeAll(
                            Arrays.copyOfRange(bytes, headerLength(bytes, 0), bytes.length), ServerMessage.class));
                }
            }
            case OTHER -> {}
        }
        return new Piece(ByteBuffer.wrap(bytes), List.of());
    }
}
