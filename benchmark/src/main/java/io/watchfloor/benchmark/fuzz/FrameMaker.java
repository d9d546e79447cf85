package io.watchfloor.benchmark.fuzz;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.sample.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/// Frames for one connection, from right to nonsense: messages that are well-formed and mean something, the same with
/// some bytes wrong, and frames that break the WebSocket protocol itself. Equal seeds give equal frames. Confined to one
/// thread.
final class FrameMaker {

    private static final int[] BAD_CLOSE_CODES = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535};

    private final SplittableRandom random;
    private final Mutations mutations;
    private final Encoding encoding;
    private final DashboardId dashboard;
    private final RecordCodec codec;
    private final UUID replica;

    /// @param dashboard that messages are about
    /// @param replica that joins, but for one join in fifty: the server remembers each new one for long
    FrameMaker(SplittableRandom random, Encoding encoding, DashboardId dashboard, UUID replica) {
        this.replica = replica;
        this.random = random;
        this.mutations = new Mutations(random);
        this.encoding = encoding;
        this.dashboard = dashboard;
        this.codec = RecordCodec.of(encoding);
    }

    /// Bytes of one or several frames.
    ///
    /// @param frames how many there are in them
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Made(byte[] bytes, int frames) {}

    Made next() {
        int kind = random.nextInt(1_000);
        if (kind < 550) {
            return whole(mutations.of(message(), encoding == Encoding.JSON));
        }
        if (kind < 850) {
            return whole(message());
        }
        if (kind < 970) {
            return pieces(random.nextBoolean() ? message() : mutations.of(message(), encoding == Encoding.JSON));
        }
        return broken();
    }

    private int opcode() {
        return encoding == Encoding.JSON ? RawWebSocket.TEXT : RawWebSocket.BINARY;
    }

    private Made whole(byte[] payload) {
        return new Made(RawWebSocket.frame(RawWebSocket.LAST | opcode(), payload), 1);
    }

    private Made pieces(byte[] payload) {
        int count = 2 + random.nextInt(4);
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = i == count - 1 ? payload.length : at + random.nextInt(payload.length - at + 1);
            int first = (i == 0 ? opcode() : RawWebSocket.CONTINUATION) | (i == count - 1 ? RawWebSocket.LAST : 0);
            frames.add(RawWebSocket.frame(first, java.util.Arrays.copyOfRange(payload, at, end)));
            if (random.nextInt(8) == 0) {
                frames.add(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.PING, noise(random.nextInt(20))));
            }
            at = end;
        }
        return joined(frames);
    }

    private static Made joined(List<byte[]> frames) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return new Made(out.toByteArray(), frames.size());
    }

    /// What no client may send; most of it ends the connection.
    private Made broken() {
        byte[] some = noise(random.nextInt(40));
        return switch (random.nextInt(12)) {
            case 0 -> one(RawWebSocket.frame(RawWebSocket.LAST | ((1 + random.nextInt(7)) << 4) | opcode(), some));
            case 1 -> one(RawWebSocket.frame(RawWebSocket.LAST | 3 + random.nextInt(5), some));
            case 2 -> one(RawWebSocket.frame(RawWebSocket.LAST | 11 + random.nextInt(5), some));
            case 3 -> one(RawWebSocket.frame(RawWebSocket.LAST | opcode(), message(), false));
            case 4 -> one(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.PING, noise(126 + random.nextInt(200))));
            case 5 -> one(RawWebSocket.frame(RawWebSocket.PING, some));
            case 6 -> one(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.CONTINUATION, some));
            case 7 -> joined(List.of(RawWebSocket.frame(opcode(), some), RawWebSocket.frame(opcode(), some)));
            case 8 -> {
                int code = BAD_CLOSE_CODES[random.nextInt(BAD_CLOSE_CODES.length)];
                yield one(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.CLOSE,
                        random.nextBoolean()
                                ? new byte[]{(byte) (code >> 8), (byte) code, (byte) 0xc3, 0x28}
                                : new byte[]{1}));
            }
            case 9 -> one(new byte[]{(byte) (RawWebSocket.LAST | opcode()), (byte) 0xff, (byte) 0x80, 0, 0, 0, 0, 0, 0,
                    1, 1, 2, 3, 4, 5});
            case 10 -> one(RawWebSocket.frame(RawWebSocket.LAST | RawWebSocket.TEXT,
                    new byte[]{(byte) 0xed, (byte) 0xa0, (byte) 0x80, (byte) 0xff}));
            default -> one(noise(1 + random.nextInt(60)));
        };
    }

    private static Made one(byte[] bytes) {
        return new Made(bytes, 1);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /// One or several messages as one payload.
    private byte[] message() {
        int count = random.nextInt(5) == 0 ? 1 + random.nextInt(6) : 1;
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(codec.encode(one()));
        }
        return count == 1 ? messages.getFirst() : codec.join(messages);
    }

    private ClientMessage one() {
        int room = random.nextInt(4);
        return switch (random.nextInt(9)) {
            case 0 -> new ClientMessage.Ping(random.nextLong(1L << 53));
            case 1, 2 -> new ClientMessage.Join(random.nextInt(5) == 0 ? new DashboardId(uuid()) : dashboard,
                    new ReplicaId(random.nextInt(50) == 0 ? uuid() : replica), null, random.nextInt(3));
            case 3 -> new ClientMessage.Leave(room);
            case 4, 5 -> new ClientMessage.Push(room, random.nextInt(4), operations());
            case 6 -> new ClientMessage.Watch(room, random.nextInt(100),
                    new Query("builtin", "promql", random.nextBoolean() ? "host_cpu_usage" : "{{{"),
                    random.nextLong(1L << 45), random.nextInt(12_000) - 1_000);
            case 7 -> new ClientMessage.Renew("x".repeat(random.nextInt(100)));
            default -> new ClientMessage.Hello(random.nextInt(3), "fuzz", List.of(), random.nextBoolean() ? null : "x");
        };
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            ElementId element = random.nextBoolean() ? ElementId.DASHBOARD : new ElementId(random.nextLong());
            String property = random.nextBoolean() ? Properties.TITLE : "p" + random.nextInt(5);
            operations.add(new Assignment(element, property, value(3),
                    new Stamp(random.nextLong(1L << 47), random.nextInt(5), random.nextInt(4))));
        }
        return operations;
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 5 : 4)) {
            case 0 -> Value.of("fuzz " + random.nextInt());
            case 1 -> Value.of(random.nextLong(1L << 50));
            case 2 -> Value.of(random.nextDouble());
            case 3 -> Value.of(random.nextBoolean());
            default -> new Value.Items(List.of(value(depth - 1), value(depth - 1)));
        };
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
