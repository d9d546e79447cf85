package io.watchfloor.server.ingest;

import java.io.IOException;
import java.io.InputStream;

/// Cuts a stream of bytes into lines of line protocol. A quoted field value may hold line ends: they belong to its line,
/// so that text out of somebody's log can never pose as a line of its own. Holds one buffer, whatever the stream's
/// length. Confined to one thread.
final class LineScanner {

    /// What has been found.
    enum Found {
        /// A line that can be read.
        LINE,
        /// A line over [IngestLimits#LINE_BYTES].
        TOO_LONG,
        /// A line with a quote that is still open where the stream ends.
        OPEN_QUOTE,
        /// No more lines.
        END
    }

    private final InputStream in;
    private final byte[] buffer = new byte[2 * IngestLimits.LINE_BYTES];
    private int filled;
    private boolean ended;

    private int start;
    private int end;
    private int next;
    private int number;
    private int lineEndsWithin;

    LineScanner(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line. Only of a `LINE` may the bytes be read, until the next call.
    ///
    /// @throws IOException where the stream fails
    Found next() throws IOException {
        number += 1 + lineEndsWithin;
        lineEndsWithin = 0;
        start = next;
        if (start == filled && !refill()) {
            return Found.END;
        }
        boolean tooLong = false;
        Place place = new Place();
        int at = start;
        while (true) {
            if (at == filled) {
                int length = at - start;
                boolean more = refill();
                at = start + length;
                if (!more) {
                    break;
                }
            }
            if (place.endsLine(buffer[at])) {
                break;
            }
            lineEndsWithin += buffer[at] == '\n' ? 1 : 0;
            at++;
            if (at - start > IngestLimits.LINE_BYTES) {
                tooLong = true;
                start = at;
            }
        }
        end = at;
        next = Math.min(at + 1, filled);
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        if (place.quoted) {
            return Found.OPEN_QUOTE;
        }
        return tooLong ? Found.TOO_LONG : Found.LINE;
    }

    byte[] bytes() {
        return buffer;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /// Number of the line in the stream, from 1.
    int number() {
        return number;
    }

    /// Reads on, keeping what lies from `start` on; false where the stream has ended.
    private boolean refill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (ended) {
            return false;
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
        return !ended;
    }

    /// Where in a line the scanner is, as far as quotes need it.
    private static final class Place {

        private boolean begun;
        private boolean comment;
        private boolean fields;
        private boolean value;
        private boolean quoted;
        private boolean backslash;

        boolean endsLine(byte c) {
            if (quoted) {
                if (backslash) {
                    backslash = false;
                } else if (c == '\\') {
                    backslash = true;
                } else if (c == '"') {
                    quoted = false;
                }
                return false;
            }
            if (c == '\n') {
                return true;
            }
            if (comment || (!begun && c == ' ')) {
                return false;
            }
            comment = !begun && c == '#';
            begun = true;
            if (backslash && (c == ' ' || c == ',' || c == '=')) {
                backslash = false;
                value = false;
                return false;
            }
            backslash = c == '\\';
            quoted = value && c == '"';
            fields |= c == ' ';
            value = fields && c == '=';
            return false;
        }
    }
}
