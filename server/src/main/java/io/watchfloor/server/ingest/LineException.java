package io.watchfloor.server.ingest;

/// A line that cannot be taken. The message is a sentence that says why; no stack trace is gathered, because a body of
/// nothing but bad lines must stay cheap.
final class LineException extends Exception {

    LineException(String reason) {
        super(reason, null, false, false);
    }
}
