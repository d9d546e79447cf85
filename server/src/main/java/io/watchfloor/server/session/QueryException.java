package io.watchfloor.server.session;

import io.watchfloor.protocol.ErrorCode;

/// A query that cannot be answered. The message is a sentence for the person who wrote it.
public final class QueryException extends Exception {

    private final ErrorCode code;

    public QueryException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /// [ErrorCode#INVALID_QUERY] or [ErrorCode#UNAVAILABLE].
    public ErrorCode code() {
        return code;
    }
}
