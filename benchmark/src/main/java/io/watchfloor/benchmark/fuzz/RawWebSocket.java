package io.watchfloor.benchmark.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A WebSocket that does whatever it is told to, right or wrong: bytes go out as they are. Source: RFC 6455.
///
/// One thread may write while another reads; no more than one of each.
public final class RawWebSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    public static final int LAST = 0x80;

    private static final byte[] MASK = {1, 2, 3, 4};
    private static final int READ_MILLIS = 60_000;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;

    /// One frame as it came.
    ///
    /// @param closeCode of a close frame; 1005 where it has none; 0 for other frames
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Received(int opcode, byte[] payload, int closeCode) {}

    private RawWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    }

    /// Connects, and makes the handshake.
    ///
    /// @param token for the `Authorization` header; absent for none
    /// @throws IOException where the server does not switch protocols; its answer is in the message
    public static RawWebSocket open(URI server, String subprotocol, @Nullable String token) throws IOException {
        return open(new Socket(server.getHost(), server.getPort()), subprotocol, token);
    }

    /// The same over a socket that is connected already.
    public static RawWebSocket open(Socket socket, String subprotocol, @Nullable String token) throws IOException {
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
        RawWebSocket webSocket = new RawWebSocket(socket);
        String request = "GET /api/v1/ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Protocol: " + subprotocol + "\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        webSocket.write(request.getBytes(StandardCharsets.US_ASCII));
        String answer = webSocket.headers();
        if (!answer.startsWith("HTTP/1.1 101")) {
            webSocket.close();
            throw new IOException("No WebSocket: " + answer.lines().findFirst().orElse(""));
        }
        return webSocket;
    }

    private String headers() throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            answer.append((char) c);
        }
        return answer.toString();
    }

    /// A frame as a client ought to write it.
    ///
    /// @param first opcode, and [#LAST] where no more pieces follow
    public static byte[] frame(int first, byte[] payload) {
        return frame(first, payload, true);
    }

    public static byte[] frame(int first, byte[] payload, boolean masked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + 14);
        bytes.write(first);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            bytes.write(mask | payload.length);
        } else if (payload.length < 1 << 16) {
            bytes.write(mask | 126);
            bytes.write(payload.length >> 8);
            bytes.write(payload.length);
        } else {
            bytes.write(mask | 127);
            bytes.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        if (!masked) {
            bytes.writeBytes(payload);
            return bytes.toByteArray();
        }
        bytes.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            bytes.write(payload[i] ^ MASK[i & 3]);
        }
        return bytes.toByteArray();
    }

    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void send(int opcode, byte[] payload) throws IOException {
        write(frame(LAST | opcode, payload));
    }

    public void text(String text) throws IOException {
        send(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The next frame, or null where the connection has ended.
    public @Nullable Received read() throws IOException {
        try {
            int first = in.readUnsignedByte();
            long length = in.readUnsignedByte() & 0x7f;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            byte[] payload = new byte[Math.toIntExact(length)];
            in.readFully(payload);
            int opcode = first & 0x0f;
            int code = opcode != CLOSE
                    ? 0
                    : payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
            return new Received(opcode, payload, code);
        } catch (EOFException | java.net.SocketException e) {
            return null;
        }
    }

    /// Reads to the end of the connection.
    ///
    /// @return the code of the close frame, or 1006 where there was none
    public int readToEnd() throws IOException {
        int code = 1006;
        for (Received frame = read(); frame != null; frame = read()) {
            if (frame.opcode() == CLOSE) {
                code = frame.closeCode();
                break;
            }
        }
        return code;
    }

    public Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
