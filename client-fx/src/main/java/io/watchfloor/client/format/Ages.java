package io.watchfloor.client.format;

/// Writes how old something is: `12 s`, `3 min`, `2 h`, `5 d`. Thread-safe.
public final class Ages {

    private Ages() {}

    /// Whole units, rounded down; a negative age counts as none.
    ///
    /// @param millis the age
    public static String text(long millis) {
        long seconds = Math.max(0, millis / 1_000);
        if (seconds < 60) {
            return seconds + Figure.SPACE + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + Figure.SPACE + "min";
        }
        return seconds < 86_400 ? seconds / 3_600 + Figure.SPACE + "h" : seconds / 86_400 + Figure.SPACE + "d";
    }
}
