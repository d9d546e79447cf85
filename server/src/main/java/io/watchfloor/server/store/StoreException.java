package io.watchfloor.server.store;

import org.jspecify.annotations.Nullable;

/// The database cannot be reached, or answered with a fault. The message is a sentence for the operator.
public final class StoreException extends RuntimeException {

    public StoreException(String message) {
        this(message, null);
    }

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
