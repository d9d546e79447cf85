package io.watchfloor.server.ingest;

import io.watchfloor.sample.Labels;
import io.watchfloor.sample.SeriesKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one line of line protocol: `measurement,tag=value field=1.5,other=2i 1700000000000000000`.
///
/// Each field becomes a sample of the series `measurement_field` (see [Names]) with the tags as labels. A line is taken
/// whole or not at all.
///
/// Source: "InfluxDB line protocol reference", v2. Confined to one thread.
final class LineParser {

    /// Takes the samples of a line that was read to its end.
    interface Sink {
        void sample(SeriesKey series, long time, double value);
    }

    private final Precision precision;
    private final TimeWindow window;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

    private byte[] text = new byte[0];
    private int at;
    private int end;
    private final byte[] unescaped = new byte[Math.max(IngestLimits.NAME_BYTES, IngestLimits.TAG_VALUE_BYTES)];

    private final List<String> names = new ArrayList<>();
    private double[] values = new double[16];
    private final Set<String> namesSeen = new HashSet<>();

    LineParser(Precision precision, TimeWindow window) {
        this.precision = precision;
        this.window = window;
    }

    /// Reads a line; one that is empty or a comment has no samples.
    ///
    /// @throws LineException with what is wrong; nothing has gone to the sink then
    void parse(byte[] bytes, int start, int stop, Sink sink) throws LineException {
        text = bytes;
        at = start;
        end = stop;
        names.clear();
        namesSeen.clear();
        skipSpace();
        if (at == end || text[at] == '#') {
            return;
        }
        String measurement = piece("the measurement", IngestLimits.NAME_BYTES, false, true);
        if (measurement.isEmpty()) {
            throw new LineException("It starts without a measurement.");
        }
        Labels labels = tags();
        skipSpace();
        if (at == end) {
            throw new LineException("It has no fields.");
        }
        fields(measurement);
        skipSpace();
        long time = time();
        for (int i = 0; i < names.size(); i++) {
            sink.sample(new SeriesKey(names.get(i), labels), time, values[i]);
        }
    }

    private Labels tags() throws LineException {
        if (at == end || text[at] != ',') {
            return Labels.NONE;
        }
        SortedMap<String, String> labels = new TreeMap<>();
        while (at < end && text[at] == ',') {
            at++;
            String tag = piece("a tag", IngestLimits.NAME_BYTES, true, true);
            if (tag.isEmpty()) {
                throw new LineException("A tag has no name.");
            }
            if (at == end || text[at] != '=') {
                throw new LineException("The tag '" + Shown.text(tag) + "' has no value.");
            }
            at++;
            String value = piece("the value of the tag '" + Shown.text(tag) + "'", IngestLimits.TAG_VALUE_BYTES, true,
                    false);
            if (value.isEmpty()) {
                throw new LineException("The tag '" + Shown.text(tag) + "' has no value.");
            }
            if (at < end && text[at] == '=') {
                throw new LineException("The value of the tag '" + Shown.text(tag)
                        + "' has a '=' without a backslash before it.");
            }
            String label = Names.label(tag);
            if (labels.put(label, value) != null) {
                throw new LineException("Two tags have the name '" + label + "'.");
            }
            if (labels.size() > IngestLimits.TAGS_PER_LINE) {
                throw new LineException("It has more than " + IngestLimits.TAGS_PER_LINE + " tags.");
            }
        }
        return new Labels(labels);
    }

    private void fields(String measurement) throws LineException {
        while (true) {
            String field = piece("a field", IngestLimits.NAME_BYTES, true, true);
            if (field.isEmpty()) {
                throw new LineException("A field has no name.");
            }
            if (at == end || text[at] != '=') {
                throw new LineException("The field '" + Shown.text(field) + "' has no value.");
            }
            at++;
            double value = fieldValue(field);
            String name = Names.series(measurement, field);
            if (!namesSeen.add(name)) {
                throw new LineException("Two fields make the series '" + name + "'.");
            }
            if (names.size() == IngestLimits.FIELDS_PER_LINE) {
                throw new LineException("It has more than " + IngestLimits.FIELDS_PER_LINE + " fields.");
            }
            add(name, value);
            if (at == end || text[at] != ',') {
                return;
            }
            at++;
        }
    }

    private void add(String name, double value) {
        if (names.size() == values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        values[names.size()] = value;
        names.add(name);
    }

    private double fieldValue(String field) throws LineException {
        int start = at;
        if (at < end && text[at] == '"') {
            throw new LineException("The field '" + Shown.text(field)
                    + "' is text; only numbers and booleans are stored.");
        }
        while (at < end && text[at] != ',' && text[at] != ' ') {
            at++;
        }
        try {
            return FieldValue.parse(text, start, at);
        } catch (LineException reason) {
            throw new LineException("The field '" + Shown.text(field) + "' " + reason.getMessage() + ".");
        }
    }

    private long time() throws LineException {
        if (at == end) {
            return window.now();
        }
        int start = at;
        while (at < end && text[at] != ' ') {
            at++;
        }
        int stop = at;
        skipSpace();
        if (at < end) {
            throw new LineException("There is more after the timestamp: '" + Shown.text(text, at, end) + "'.");
        }
        boolean digits = false;
        for (int i = text[start] == '-' ? start + 1 : start; i < stop; i++) {
            digits = text[i] >= '0' && text[i] <= '9';
            if (!digits) {
                break;
            }
        }
        if (!digits || stop - start > 20) {
            throw new LineException("'" + Shown.text(text, start, stop) + "' is no timestamp.");
        }
        long time;
        try {
            time = precision.toMillis(Long.parseLong(Shown.ascii(text, start, stop)));
        } catch (NumberFormatException tooGreat) {
            throw new LineException("'" + Shown.text(text, start, stop) + "' is no timestamp: it is too great.");
        }
        window.check(time, precision);
        return time;
    }

    /// Reads a name or tag value up to its unescaped end, taking the backslash away before ',', ' ' and '='.
    ///
    /// @param equals whether '=' ends it or is escaped in it
    /// @param name whether control characters make it invalid; in a value only U+0000 does
    private String piece(String what, int most, boolean equals, boolean name) throws LineException {
        int length = 0;
        boolean ascii = true;
        int start = at;
        boolean escaped = false;
        while (at < end) {
            byte c = text[at];
            if (c == ',' || c == ' ' || (equals && c == '=')) {
                break;
            }
            if (c == '\\' && at + 1 < end && isSpecial(text[at + 1], equals)) {
                at++;
                c = text[at];
                escaped = true;
            }
            if (length == most) {
                throw new LineException(capital(what) + " is longer than " + most + " bytes.");
            }
            if (c >= 0 && (c < ' ' || c == 0x7f) && (name || c == 0)) {
                throw new LineException(capital(what) + " has a control character in it.");
            }
            ascii &= c >= 0;
            unescaped[length] = c;
            length++;
            at++;
        }
        if (ascii) {
            return escaped ? Shown.ascii(unescaped, 0, length) : Shown.ascii(text, start, at);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(unescaped, 0, length)).toString();
        } catch (CharacterCodingException malformed) {
            throw new LineException(capital(what) + " is not UTF-8.");
        }
    }

    private static boolean isSpecial(byte c, boolean equals) {
        return c == ',' || c == ' ' || (equals && c == '=');
    }

    private static String capital(String what) {
        return Character.toUpperCase(what.charAt(0)) + what.substring(1);
    }

    private void skipSpace() {
        while (at < end && text[at] == ' ') {
            at++;
        }
    }
}
