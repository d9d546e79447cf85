package io.watchfloor.server.ingest;

/// Makes names that a selector can be written with out of names as line protocol allows them.
///
/// Letters, digits and `_` stay, `:` too in a series name; another ASCII character becomes `_`; a character beyond ASCII
/// becomes `_` and its code point in hexadecimal, so that names in other scripts stay apart. A name that would begin
/// with a digit gets a `_` in front. Stateless.
final class Names {

    private Names() {}

    static String series(String measurement, String field) {
        return clean(measurement + "_" + field, true);
    }

    static String label(String tag) {
        return clean(tag, false);
    }

    private static String clean(String name, boolean colon) {
        if (isClean(name, colon)) {
            return name;
        }
        StringBuilder clean = new StringBuilder(name.length() + 8);
        if (name.charAt(0) >= '0' && name.charAt(0) <= '9') {
            clean.append('_');
        }
        name.codePoints().forEach(c -> {
            if (isWord(c, colon)) {
                clean.append((char) c);
            } else if (c < 0x80) {
                clean.append('_');
            } else {
                clean.append('_').append(Integer.toHexString(c));
            }
        });
        return clean.toString();
    }

    private static boolean isClean(String name, boolean colon) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isWord(c, colon) || (i == 0 && c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(int c, boolean colon) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                || (colon && c == ':');
    }
}
