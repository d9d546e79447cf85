package io.watchfloor.client.widget.text;

/// Text of others as it may be shown: characters that would hide, reorder or bury others stand as a visible mark. Stateless.
public final class PlainText {

    private static final char MARK = '\uFFFD';
    /// More accents than this on one letter are there to paint over the lines around it.
    private static final int ACCENTS = 6;

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

    /// The same for a name, a title or a cell, which are one line: line ends and tabs are blanks, and what cannot be seen
    /// at all, so that two different names look alike, is marked too.
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        int accents = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            accents = isAccent(c) ? accents + 1 : 0;
            if (accents > ACCENTS) {
                continue;
            }
            if (c == '\n' || c == '\t' || c == '\u2028' || c == '\u2029') {
                line.append(' ');
            } else if ((c <= Character.MAX_VALUE && isHidden((char) c)) || isInvisible(c)) {
                line.append(MARK);
            } else {
                line.appendCodePoint(c);
            }
        }
        return line.toString();
    }

    private static boolean isAccent(int c) {
        return Character.getType(c) == Character.NON_SPACING_MARK || Character.getType(c) == Character.ENCLOSING_MARK;
    }

    /// Format characters, but for those that join or part the letters of a script, and the pieces of an emoji.
    private static boolean isInvisible(int c) {
        return (Character.getType(c) == Character.FORMAT && c != '\u200C' && c != '\u200D')
                || isSurrogate(c) || c == '\u115F' || c == '\u1160' || c == '\u3164' || c == '\uFFA0';
    }

    private static boolean isHidden(char c) {
        boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return turns || (Character.isISOControl(c) && c != '\n' && c != '\t');
    }

    /// What is typed or pasted, as it is taken: line ends are line feeds, and nothing stays that cannot be stored.
    public static String typed(String text) {
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
