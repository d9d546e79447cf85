package io.watchfloor.document;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Names an element of a dashboard: 8 bytes, random but for the dashboard itself. Immutable.
public record ElementId(long bits) implements Comparable<ElementId> {

    /// The dashboard as an element of itself; it holds the title.
    public static final ElementId DASHBOARD = new ElementId(0);

    /// @throws IllegalArgumentException where the text is not 11 characters of base64url
    public static ElementId parse(String text) {
        byte[] bytes = Base64.getUrlDecoder().decode(text);
        if (bytes.length != Long.BYTES || text.length() != 11) {
            throw new IllegalArgumentException("an element id is 11 characters of base64url");
        }
        return new ElementId(ByteBuffer.wrap(bytes).getLong());
    }

    @Override
    public int compareTo(ElementId other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    /// 11 characters of base64url without padding.
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(bits).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
