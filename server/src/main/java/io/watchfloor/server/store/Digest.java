package io.watchfloor.server.store;

import java.util.HexFormat;

/// First 16 bytes of a SHA-256. Immutable.
public record Digest(long high, long low) {

    /// 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
