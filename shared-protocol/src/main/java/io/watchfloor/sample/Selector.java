package io.watchfloor.sample;

import java.util.SortedMap;
import java.util.TreeMap;

/// A query for series in the smallest useful part of PromQL: a series name with `=` matchers, as in
/// `cpu_usage{host="a", core="total"}`. All matchers must hold; a label that is not there has the empty value.
///
/// Source: Prometheus querying basics, instant vector selectors. Immutable.
public record Selector(String name, Labels matchers) {

    /// Longest selector text that is read.
    public static final int MAX_LENGTH = 4096;

    /// @throws SelectorException with the place of the first mistake, or naming what is not supported
    public static Selector parse(String text) {
        return new Parser(text).parse();
    }

    public boolean matches(SeriesKey key) {
        if (!key.name().equals(name)) {
            return false;
        }
        for (var matcher : matchers.pairs().entrySet()) {
            if (!key.labels().get(matcher.getKey()).equals(matcher.getValue())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return name + matchers;
    }

    static String quote(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        Selector parse() {
            if (text.length() > MAX_LENGTH) {
                throw new SelectorException("The query is longer than " + MAX_LENGTH + " characters.", MAX_LENGTH);
            }
            skipSpace();
            String name = word("a series name");
            skipSpace();
            SortedMap<String, String> matchers = new TreeMap<>();
            if (at < text.length() && text.charAt(at) == '{') {
                at++;
                matchers(matchers);
            }
            skipSpace();
            if (at < text.length()) {
                throw new SelectorException("Only a series name with = matchers is understood here; '"
                        + text.charAt(at) + "' at position " + (at + 1) + " is not.", at);
            }
            return new Selector(name, new Labels(matchers));
        }

        private void matchers(SortedMap<String, String> matchers) {
            while (true) {
                skipSpace();
                if (at < text.length() && text.charAt(at) == '}') {
                    at++;
                    return;
                }
                int start = at;
                String label = word("a label name");
                if (label.indexOf(':') >= 0) {
                    throw new SelectorException("A label name has no ':' (position " + (start + 1) + ").", start);
                }
                skipSpace();
                equalSign();
                skipSpace();
                if (matchers.put(label, quoted()) != null) {
                    throw new SelectorException(
                            "The label '" + label + "' is matched twice (position " + (start + 1) + ").", start);
                }
                skipSpace();
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                } else if (at >= text.length() || text.charAt(at) != '}') {
                    throw new SelectorException("Expected ',' or '}' at position " + (at + 1) + ".", at);
                }
            }
        }

        private void equalSign() {
            boolean equal = at < text.length() && text.charAt(at) == '=';
            boolean other = text.startsWith("=~", at) || text.startsWith("!", at);
            if (other) {
                throw new SelectorException(
                        "Only = matchers are understood so far (position " + (at + 1) + ").", at);
            }
            if (!equal) {
                throw new SelectorException("Expected '=' at position " + (at + 1) + ".", at);
            }
            at++;
        }

        private String word(String what) {
            int start = at;
            while (at < text.length() && isWord(text.charAt(at), at == start)) {
                at++;
            }
            if (at == start) {
                throw new SelectorException("Expected " + what + " at position " + (at + 1) + ".", at);
            }
            return text.substring(start, at);
        }

        private static boolean isWord(char c, boolean first) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':'
                    || (!first && c >= '0' && c <= '9');
        }

        private String quoted() {
            if (at >= text.length() || (text.charAt(at) != '"' && text.charAt(at) != '\'')) {
                throw new SelectorException("Expected a quoted value at position " + (at + 1) + ".", at);
            }
            char quote = text.charAt(at);
            int start = at;
            at++;
            StringBuilder value = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                at++;
                if (c == quote) {
                    return value.toString();
                }
                if (c == '\\' && at < text.length()) {
                    char escaped = text.charAt(at);
                    at++;
                    value.append(escaped == 'n' ? '\n' : escaped);
                } else {
                    value.append(c);
                }
            }
            throw new SelectorException("The quoted value from position " + (start + 1) + " has no end.", start);
        }

        private void skipSpace() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
