package io.watchfloor.document;

import org.jspecify.annotations.Nullable;

/// Keys for the order of elements in a list: between any two keys there is another. Keys are compared as text; ties are
/// broken by element id.
///
/// A key is a fraction between 0 and 1 in base 62, written `[0-9A-Za-z]+`, with no trailing `0`.
///
/// Source: "Implementing fractional indexing", D. Greenspan. Stateless.
public final class FractionalIndex {

    /// Longest key that is accepted; over [#CROWDED] a client spaces the list anew.
    public static final int MAX_LENGTH = 64;
    public static final int CROWDED = 48;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private FractionalIndex() {}

    /// A key strictly between two others.
    ///
    /// @param before the lower neighbour, or null for the start of the list
    /// @param after the upper neighbour, or null for the end of the list
    /// @throws IllegalArgumentException where `before` is not less than `after`
    public static String between(@Nullable String before, @Nullable String after) {
        if (before != null && after != null && before.compareTo(after) >= 0) {
            throw new IllegalArgumentException("'" + before + "' is not before '" + after + "'");
        }
        StringBuilder key = new StringBuilder();
        String upper = after;
        for (int i = 0;; i++) {
            int low = before != null && i < before.length() ? digit(before.charAt(i)) : 0;
            int high = upper == null ? DIGITS.length() : i < upper.length() ? digit(upper.charAt(i)) : 0;
            if (high - low > 1) {
                return key.append(DIGITS.charAt((low + high) / 2)).toString();
            }
            key.append(DIGITS.charAt(low));
            if (low < high) {
                upper = null;
            }
        }
    }

    public static boolean isValid(String key) {
        return !key.isEmpty() && key.length() <= MAX_LENGTH && !key.endsWith("0")
                && key.chars().allMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    private static int digit(char c) {
        int digit = DIGITS.indexOf(c);
        if (digit < 0) {
            throw new IllegalArgumentException("'" + c + "' is not a base 62 digit");
        }
        return digit;
    }
}
