package io.watchfloor.benchmark.load;

import io.watchfloor.protocol.codec.Encoding;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A WebSocket connection that does little more than move bytes. It speaks CBOR and does not answer pings, which the
/// server does not send. Frames carry the mask 0, which costs nothing and which servers cannot tell from another.
///
/// Source: RFC 6455. Sending is thread-safe; the rest is the loop's.
final class LoadSocket {

    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    /// Takes what comes, on the loop's thread.
    interface Receiver {

        /// Part of a frame's payload; the buffer is to be read to its end.
        ///
        /// @param last whether the frame ends here
        void received(LoadSocket from, ByteBuffer payload, boolean last);
    }

    private final SocketChannel channel;
    private final Receiver receiver;
    private final SocketLoop loop;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private @Nullable SelectionKey key;
    private long left;
    private final ByteBuffer header = ByteBuffer.allocate(14);
    private int opcode;

    LoadSocket(URI server, String token, Receiver receiver, SocketLoop loop) throws IOException {
        this.receiver = receiver;
        this.loop = loop;
        channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        handshake(server, token);
        channel.configureBlocking(false);
    }

    private void handshake(URI server, String token) throws IOException {
        String key16 = Base64.getEncoder().encodeToString("watchfloor bench".getBytes(StandardCharsets.US_ASCII));
        String request = "GET /api/v1/ws HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key16 + "\r\nSec-WebSocket-Protocol: " + Encoding.CBOR.subprotocol() + "\r\nAuthorization: Bearer "
                + token + "\r\n\r\n";
        ByteBuffer out = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
        while (out.hasRemaining()) {
            channel.write(out);
        }
        StringBuilder answer = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (answer.indexOf("\r\n\r\n") < 0) {
            if (channel.read(one.clear()) < 0 || answer.length() > 10_000) {
                throw new IOException("The handshake ended after: " + answer);
            }
            answer.append((char) one.get(0));
        }
        if (!answer.toString().toLowerCase(Locale.ROOT).startsWith("http/1.1 101")) {
            throw new IOException("The handshake was refused: " + answer);
        }
    }

    void register(Selector selector) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /// Sends one binary frame.
    void send(byte[] payload) throws IOException {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(14 + length);
        frame.put((byte) (0x80 | BINARY));
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else if (length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        frame.putInt(0).put(payload).flip();
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                channel.write(frame);
            }
            if (frame.hasRemaining()) {
                waiting.addLast(frame);
                loop.execute(this::wantToWrite);
            }
        }
    }

    private void wantToWrite() {
        if (key != null) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    void flush() throws IOException {
        synchronized (waiting) {
            while (!waiting.isEmpty()) {
                ByteBuffer next = waiting.peekFirst();
                channel.write(next);
                if (next.hasRemaining()) {
                    return;
                }
                waiting.removeFirst();
            }
            if (key != null) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
            }
        }
    }

    void read(ByteBuffer input) throws IOException {
        while (true) {
            int read = channel.read(input.clear());
            if (read < 0) {
                throw new IOException("the server closed a connection");
            }
            input.flip();
            while (input.hasRemaining()) {
                if (left == 0 && !readHeader(input)) {
                    break;
                }
                payload(input);
            }
            if (read < input.capacity()) {
                return;
            }
        }
    }

    private void payload(ByteBuffer input) throws IOException {
        int part = (int) Math.min(left, input.remaining());
        left -= part;
        ByteBuffer payload = input.slice(input.position(), part);
        input.position(input.position() + part);
        if (opcode == CLOSE) {
            throw new IOException("the server closed a session: "
                    + StandardCharsets.UTF_8.decode(payload.position(Math.min(2, part))));
        }
        receiver.received(this, payload, left == 0);
    }

    /// @return whether the header is complete
    private boolean readHeader(ByteBuffer input) {
        while (input.hasRemaining()) {
            header.put(input.get());
            int size = header.position();
            int shortLength = size < 2 ? 0 : header.get(1) & 0x7f;
            int needed = switch (shortLength) {
                case 126 -> 4;
                case 127 -> 10;
                default -> 2;
            };
            if (size == needed) {
                opcode = header.get(0) & 0xf;
                left = switch (needed) {
                    case 4 -> header.getShort(2) & 0xffff;
                    case 10 -> header.getLong(2);
                    default -> shortLength;
                };
                header.clear();
                return true;
            }
        }
        return false;
    }
}
