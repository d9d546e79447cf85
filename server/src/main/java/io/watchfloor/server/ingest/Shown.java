package io.watchfloor.server.ingest;

import java.nio.charset.StandardCharsets;

/// Turns bytes of a body into text. Stateless.
final class Shown {

    /// Longest piece of a body that a reason repeats.
    private static final int LONGEST = 40;

    private Shown() {}

    /// Text to be repeated in a reason: short, and without anything that could disturb a terminal.
    static String text(byte[] bytes, int start, int end) {
        return text(new String(bytes, start, Math.min(end - start, LONGEST * 4), StandardCharsets.UTF_8));
    }

    static String text(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST + 1L).forEach(c -> {
            boolean plain = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT
                    && Character.isDefined(c) && Character.getType(c) != Character.SURROGATE;
            shown.appendCodePoint(plain ? c : '\uFFFD');
        });
        if (shown.codePointCount(0, shown.length()) > LONGEST) {
            shown.setLength(shown.offsetByCodePoints(0, LONGEST));
            shown.append('…');
        }
        return shown.toString();
    }

    /// Text that is known to be ASCII.
    static String ascii(byte[] bytes, int start, int end) {
        return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
    }
}
