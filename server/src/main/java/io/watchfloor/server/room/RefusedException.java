package io.watchfloor.server.room;

import io.watchfloor.protocol.ErrorCode;

/// A change of the server's own that the room did not admit.
public final class RefusedException extends RuntimeException {

    private final ErrorCode code;

    RefusedException(ErrorCode code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
