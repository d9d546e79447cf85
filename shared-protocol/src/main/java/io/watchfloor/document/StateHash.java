package io.watchfloor.document;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Fingerprint of a document, independent of the order in which it came about: the sum modulo 2^128 of the first 16
/// bytes of SHA-256 over each property in force and each text that is not empty, in the canonical form that
/// `docs/PROTOCOL.md` defines. Immutable.
public record StateHash(long high, long low) {

    public static final StateHash EMPTY = new StateHash(0, 0);

    static StateHash of(Assignment assignment) {
        return digest(canonical(assignment));
    }

    static StateHash of(Text text) {
        return digest(canonical(text));
    }

    private static StateHash digest(byte[] canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical);
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new StateHash(bytes.getLong(), bytes.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    StateHash plus(StateHash other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new StateHash(high + other.high + carry, sum);
    }

    StateHash minus(StateHash other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new StateHash(high - other.high - borrow, low - other.low);
    }

    /// @throws IllegalArgumentException where the text is not 32 hexadecimal digits
    public static StateHash parse(String text) {
        byte[] bytes = HexFormat.of().parseHex(text);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("a state hash is 32 hexadecimal digits");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new StateHash(buffer.getLong(), buffer.getLong());
    }

    /// 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    static byte[] canonical(Assignment assignment) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(assignment.element().bits());
            write(out, assignment.property());
            write(out, assignment.value());
            out.writeLong(assignment.stamp().wall());
            out.writeInt(assignment.stamp().counter());
            out.writeInt(assignment.stamp().replica());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] canonical(Text text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(text.element().bits());
            write(out, text.property());
            out.writeByte('x');
            write(out, text.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Value value) throws IOException {
        switch (value) {
            case Value.Null _ -> out.writeByte('n');
            case Value.Bool flag -> out.writeByte(flag.value() ? 't' : 'f');
            case Value.Int number -> {
                out.writeByte('i');
                out.writeLong(number.value());
            }
            case Value.Real number -> {
                out.writeByte('d');
                out.writeDouble(number.value());
            }
            case Value.Str text -> {
                out.writeByte('s');
                write(out, text.value());
            }
            case Value.Items items -> {
                out.writeByte('l');
                out.writeInt(items.values().size());
                for (Value item : items.values()) {
                    write(out, item);
                }
            }
            case Value.Fields fields -> {
                out.writeByte('m');
                out.writeInt(fields.values().size());
                for (var field : fields.values().entrySet()) {
                    write(out, field.getKey());
                    write(out, field.getValue());
                }
            }
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
