package io.watchfloor.client.widget.text;

/// Text as it may be shown: characters that would hide or reorder others stand as a visible mark. Stateless.
public final class PlainText {

    private static final char MARK = '\uFFFD';

    private PlainText() {}

    /// The same text, unit by unit, with a mark in the place of control characters (but for tabs and line ends) and of
    /// those that turn the direction of writing.
    public static String of(String text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            if (isHidden(text.charAt(i))) {
                plain = plain == null ? new StringBuilder(text) : plain;
                plain.setCharAt(i, MARK);
            }
        }
        return plain == null ? text : plain.toString();
    }

    private static boolean isHidden(char c) {
        boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return turns || (Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    /// What is typed or pasted, as it is taken: line ends are line feeds, and nothing stays that cannot be stored.
    static String typed(String text) {
        StringBuilder taken = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints()
                .filter(c -> c == '\n' || c == '\t' || !(Character.isISOControl(c) || isSurrogate(c)))
                .forEach(taken::appendCodePoint);
        return taken.toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
