package io.watchfloor.server.ingest;

/// Reads the value of a field: `1.5`, `-2e3`, `3i`, `4u`, `t`, `false`. Whole numbers beyond 2^53 lose their last
/// digits, as samples are doubles. Stateless.
final class FieldValue {

    /// Powers of ten that a double holds exactly.
    private static final double[] TENS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13,
            1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final int EXACT_DIGITS = 15;
    private static final int LONGEST = 400;

    private FieldValue() {}

    /// @throws LineException naming what is wrong, as the end of a sentence that begins with the field's name
    static double parse(byte[] text, int start, int end) throws LineException {
        if (start == end) {
            throw new LineException("has no value");
        }
        byte last = text[end - 1];
        if (text[start] == '"') {
            throw new LineException("is text; only numbers and booleans are stored");
        }
        if (last == 'i' || last == 'u') {
            return whole(text, start, end - 1, last == 'u');
        }
        if ((last >= '0' && last <= '9') || last == '.') {
            return number(text, start, end);
        }
        return bool(Shown.text(text, start, end));
    }

    private static double bool(String text) throws LineException {
        return switch (text) {
            case "t", "T", "true", "True", "TRUE" -> 1;
            case "f", "F", "false", "False", "FALSE" -> 0;
            default -> throw new LineException("has the value '" + text + "', which is neither a number nor a boolean");
        };
    }

    private static double whole(byte[] text, int start, int end, boolean unsigned) throws LineException {
        boolean negative = text[start] == '-';
        int digits = negative ? start + 1 : start;
        boolean valid = digits < end && !(negative && unsigned);
        for (int i = digits; i < end; i++) {
            valid &= text[i] >= '0' && text[i] <= '9';
        }
        if (valid) {
            try {
                String number = Shown.ascii(text, start, end);
                if (unsigned) {
                    long value = Long.parseUnsignedLong(number);
                    return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
                }
                return Long.parseLong(number);
            } catch (NumberFormatException tooGreat) {
                throw new LineException("has the value '" + Shown.text(text, start, end + 1)
                        + "', which is beyond a 64-bit whole number");
            }
        }
        throw new LineException("has the value '" + Shown.text(text, start, end + 1) + "', which is no whole number");
    }

    /// `-?digits[.digits][e[+-]digits]`, with digits before or after the point.
    private static double number(byte[] text, int start, int end) throws LineException {
        int at = start;
        boolean negative = text[at] == '-';
        if (negative) {
            at++;
        }
        long mantissa = 0;
        int digits = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < end; at++) {
            byte c = text[at];
            if (c >= '0' && c <= '9') {
                digits++;
                fraction += point ? 1 : 0;
                mantissa = digits <= EXACT_DIGITS ? mantissa * 10 + (c - '0') : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        boolean valid = digits > 0 && end - start <= LONGEST;
        if (valid && at == end && digits <= EXACT_DIGITS) {
            double value = mantissa / TENS[fraction];
            return negative ? -value : value;
        }
        if (valid && at < end) {
            valid = isExponent(text, at, end);
        }
        if (!valid) {
            throw new LineException("has the value '" + Shown.text(text, start, end) + "', which is no number");
        }
        double value = Double.parseDouble(Shown.ascii(text, start, end));
        if (Double.isInfinite(value)) {
            throw new LineException("has the value '" + Shown.text(text, start, end) + "', which is too great");
        }
        return value;
    }

    private static boolean isExponent(byte[] text, int start, int end) {
        int at = start;
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        at++;
        if (at < end && (text[at] == '+' || text[at] == '-')) {
            at++;
        }
        boolean digits = at < end;
        for (; at < end; at++) {
            digits &= text[at] >= '0' && text[at] <= '9';
        }
        return digits;
    }
}
