package io.watchfloor.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads CBOR items one after the other, where they are of the expected type and have definite lengths. Of anything else
/// it throws [Unexpected], without words: whoever reads tries again with a reader that has them. Confined to one thread.
///
/// Source: RFC 8949.
final class CborReader {

    private static final int LONGEST_NAME = 64;
    /// Short texts that came before, so that names are not made anew each time. Races only lose an entry.
    private static final String[] NAMES = new String[512];

    private final byte[] bytes;
    private int at;
    private String[] shared = {};

    CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    /// First byte of the next item.
    int peek() {
        if (at >= bytes.length) {
            throw new Unexpected();
        }
        return bytes[at] & 0xff;
    }

    /// Takes these bytes, if they come next.
    boolean take(byte[] expected) {
        int end = at + expected.length;
        if (end > bytes.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        at = end;
        return true;
    }

    void skipSimple() {
        at++;
    }

    /// Number of items; not more than there are bytes left.
    int array() {
        return count(Cbor.ARRAY);
    }

    void array(int items) {
        if (array() != items) {
            throw new Unexpected();
        }
    }

    /// Number of entries; not more than there are bytes left.
    int map() {
        return count(Cbor.MAP);
    }

    /// A whole number from 0 to 2^31 - 1.
    int natural() {
        long number = argument(Cbor.UNSIGNED);
        if (number > Integer.MAX_VALUE) {
            throw new Unexpected();
        }
        return (int) number;
    }

    long naturalLong() {
        return argument(Cbor.UNSIGNED);
    }

    long integer() {
        return peek() >> 5 == Cbor.NEGATIVE ? ~argument(Cbor.NEGATIVE) : argument(Cbor.UNSIGNED);
    }

    double real() {
        if (peek() != Cbor.DOUBLE || bytes.length - at < 9) {
            throw new Unexpected();
        }
        long bits = (long) Cbor.LONG.get(bytes, at + 1);
        at += 9;
        return Double.longBitsToDouble(bits);
    }

    /// A byte string of 8.
    long eightBytes() {
        if (peek() != ((Cbor.BYTES << 5) | Long.BYTES) || bytes.length - at < 9) {
            throw new Unexpected();
        }
        long bits = (long) Cbor.LONG.get(bytes, at + 1);
        at += 9;
        return bits;
    }

    String text() {
        int length = count(Cbor.TEXT);
        int from = at;
        at += length;
        return length <= LONGEST_NAME ? name(from, length) : text(from, length);
    }

    /// The same names in the array that held them before, where they are those of the map before: values that are alike
    /// share it.
    String[] shared(String[] names) {
        if (!Arrays.equals(names, shared)) {
            shared = names;
        }
        return shared;
    }

    private String name(int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 9)) & (NAMES.length - 1);
        String known = NAMES[slot];
        if (known != null && isAt(known, from, length)) {
            return known;
        }
        String fresh = text(from, length);
        NAMES[slot] = fresh;
        return fresh;
    }

    private boolean isAt(String ascii, int from, int length) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (ascii.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf('\ufffd') >= 0) {
            throw new Unexpected(); // it may be written so, or stand for bytes that are no text
        }
        return text;
    }

    private int count(int type) {
        long count = argument(type);
        if (count > bytes.length - at) {
            throw new Unexpected();
        }
        return (int) count;
    }

    private long argument(int type) {
        int initial = peek();
        if (initial >> 5 != type) {
            throw new Unexpected();
        }
        int info = initial & 31;
        if (info < 24) {
            at++;
            return info;
        }
        int length = 1 << (info - 24);
        if (info > 27 || bytes.length - at <= length) {
            throw new Unexpected();
        }
        long argument = switch (length) {
            case 1 -> bytes[at + 1] & 0xff;
            case 2 -> (short) Cbor.SHORT.get(bytes, at + 1) & 0xffff;
            case 4 -> (int) Cbor.INT.get(bytes, at + 1) & 0xffff_ffffL;
            default -> (long) Cbor.LONG.get(bytes, at + 1);
        };
        if (argument < 0) {
            throw new Unexpected();
        }
        at += 1 + length;
        return argument;
    }
}
