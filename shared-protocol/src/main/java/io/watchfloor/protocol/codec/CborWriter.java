package io.watchfloor.protocol.codec;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes CBOR items one after the other, in their shortest form and with definite lengths. Confined to one thread.
///
/// Source: RFC 8949.
final class CborWriter {

    private byte[] bytes;
    private int size;

    CborWriter(int expected) {
        bytes = new byte[expected];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Items that are written already.
    void raw(byte[] items) {
        reserve(items.length);
        System.arraycopy(items, 0, bytes, size, items.length);
        size += items.length;
    }

    void array(int items) {
        head(Cbor.ARRAY, items);
    }

    void map(int entries) {
        head(Cbor.MAP, entries);
    }

    void integer(long number) {
        if (number >= 0) {
            head(Cbor.UNSIGNED, number);
        } else {
            head(Cbor.NEGATIVE, ~number);
        }
    }

    void real(double number) {
        reserve(9);
        bytes[size++] = (byte) Cbor.DOUBLE;
        put(Double.doubleToRawLongBits(number));
    }

    void bool(boolean flag) {
        item(flag ? Cbor.TRUE : Cbor.FALSE);
    }

    void nothing() {
        item(Cbor.NULL);
    }

    /// A byte string of 8.
    void eightBytes(long bits) {
        reserve(9);
        bytes[size++] = (byte) ((Cbor.BYTES << 5) | Long.BYTES);
        put(bits);
    }

    void text(String text) {
        int length = text.length();
        reserve(length + 9);
        int before = size;
        head(Cbor.TEXT, length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                size = before;
                encoded(text);
                return;
            }
            bytes[size++] = (byte) c;
        }
    }

    private void encoded(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            int length = utf8.remaining();
            reserve(length + 9);
            head(Cbor.TEXT, length);
            utf8.get(bytes, size, length);
            size += length;
        } catch (CharacterCodingException e) {
            throw new Unexpected(); // half of a surrogate pair
        }
    }

    private void item(int initial) {
        reserve(1);
        bytes[size++] = (byte) initial;
    }

    private void head(int type, long argument) {
        reserve(9);
        if (argument < 24) {
            bytes[size++] = (byte) ((type << 5) | (int) argument);
        } else if (argument < 1 << 8) {
            bytes[size++] = (byte) ((type << 5) | 24);
            bytes[size++] = (byte) argument;
        } else if (argument < 1 << 16) {
            bytes[size++] = (byte) ((type << 5) | 25);
            Cbor.SHORT.set(bytes, size, (short) argument);
            size += 2;
        } else if (argument < 1L << 32) {
            bytes[size++] = (byte) ((type << 5) | 26);
            Cbor.INT.set(bytes, size, (int) argument);
            size += 4;
        } else {
            bytes[size++] = (byte) ((type << 5) | 27);
            put(argument);
        }
    }

    private void put(long bits) {
        Cbor.LONG.set(bytes, size, bits);
        size += Long.BYTES;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
