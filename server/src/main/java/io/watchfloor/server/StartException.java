package io.watchfloor.server;

import org.jspecify.annotations.Nullable;

/// The server cannot start. The message is one sentence for the operator: what, where, and what to do.
public final class StartException extends Exception {

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public StartException(String message) {
        this(message, null);
    }
}
