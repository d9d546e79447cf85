package io.watchfloor.benchmark.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Makes right bytes wrong. Confined to one thread.
final class Mutations {

    private static final int MOST = 8_192;
    private static final List<byte[]> JSON_TOKENS = List
            .of("null", "1e999", "-1", "99999999999999999999", "\"\\u0000\"",
                    "\"\\ud800\"", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
                    "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}", "\"type\"",
                    "\"\"", "{}", "[]", "true", "0.5", ",", "}", "]", "\"", "\\", "\u0000", "/*", "NaN")
            .stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    private static final int[][] CBOR_HEADS = {{0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff},
            {0x9a, 0x7f, 0xff, 0xff, 0xff}, {0xbf}, {0x9f}, {0xff}, {0x5f}, {0x7f}, {0x5b, 0, 0, 0, 1, 0, 0, 0, 0},
            {0x7b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
                    0xff},
            {0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, {0xc2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0}, {0xf6},
            {0xf7}, {0xfb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0}, {0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0}, {0xd9, 0xff, 0xff},
            {0x80}, {0xa0}, {0x60}, {0x40}, {0xf8, 0x10}, {0x62, 0xc3, 0x28}};

    private final SplittableRandom random;

    Mutations(SplittableRandom random) {
        this.random = random;
    }

    byte[] of(byte[] right, boolean json) {
        byte[] bytes = right;
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            bytes = once(bytes, json);
        }
        return bytes.length > MOST ? Arrays.copyOf(bytes, MOST) : bytes;
    }

    private byte[] once(byte[] bytes, boolean json) {
        int at = random.nextInt(bytes.length + 1);
        int length = random.nextInt(Math.min(32, bytes.length - at) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, at, length, new byte[0]);
            case 1 -> replaced(bytes, at, length, token(json));
            case 2 -> replaced(bytes, at, 0, token(json));
            case 3 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> flipped(bytes);
            default -> noise(bytes, at, length);
        };
    }

    private byte[] token(boolean json) {
        if (json) {
            return JSON_TOKENS.get(random.nextInt(JSON_TOKENS.size()));
        }
        int[] head = CBOR_HEADS[random.nextInt(CBOR_HEADS.length)];
        byte[] bytes = new byte[head.length];
        for (int i = 0; i < head.length; i++) {
            bytes[i] = (byte) head[i];
        }
        return bytes;
    }

    private byte[] flipped(byte[] bytes) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private byte[] noise(byte[] bytes, int at, int length) {
        byte[] copy = bytes.clone();
        for (int i = at; i < at + length; i++) {
            copy[i] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] with) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + with.length);
        out.write(bytes, 0, at);
        out.writeBytes(with);
        out.write(bytes, at + length, bytes.length - at - length);
        return out.toByteArray();
    }
}
