package io.watchfloor.protocol.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts answers to joins together out of what was encoded before: hundreds who come back lack the same snapshot and the
/// same entries, which are most of an answer. Both stand last in it. Stateless.
final class JoinedParts {

    /// The mapper begins a message without its length and so ends it, and its type around it, with a mark each.
    private static final byte[] ENDS = {(byte) Cbor.BREAK, (byte) Cbor.BREAK};
    private static final byte[] NO_CBOR = {(byte) Cbor.NULL, (byte) (Cbor.ARRAY << 5), ENDS[0], ENDS[1]};
    private static final byte[] NO_JSON = ascii(",\"entries\":[]}");

    private JoinedParts() {}

    /// @param own the answer without snapshot and entries
    static byte[] put(Encoding encoding, byte[] own, byte @Nullable [] snapshot, List<byte[]> entries) {
        byte[] nothing = encoding == Encoding.CBOR ? NO_CBOR : NO_JSON;
        int begin = own.length - nothing.length;
        if (!Arrays.equals(own, begin, own.length, nothing, 0, nothing.length)) {
            throw new IllegalArgumentException("an answer without snapshot and entries ends otherwise");
        }
        int size = snapshot == null ? 0 : snapshot.length;
        for (byte[] entry : entries) {
            size += entry.length + 1;
        }
        CborWriter out = new CborWriter(own.length + size + 32);
        out.raw(Arrays.copyOf(own, begin));
        switch (encoding) {
            case CBOR -> putCbor(snapshot, entries, out);
            case JSON -> putJson(snapshot, entries, out);
        }
        return out.toByteArray();
    }

    private static void putCbor(byte @Nullable [] snapshot, List<byte[]> entries, CborWriter out) {
        if (snapshot == null) {
            out.nothing();
        } else {
            out.raw(snapshot);
        }
        out.array(entries.size());
        entries.forEach(out::raw);
        out.raw(ENDS);
    }

    private static void putJson(byte @Nullable [] snapshot, List<byte[]> entries, CborWriter out) {
        if (snapshot != null) {
            out.raw(ascii(",\"snapshot\":"));
            out.raw(snapshot);
        }
        out.raw(ascii(",\"entries\":["));
        for (int i = 0; i < entries.size(); i++) {
            if (i > 0) {
                out.raw(ascii(","));
            }
            out.raw(entries.get(i));
        }
        out.raw(ascii("]}"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
