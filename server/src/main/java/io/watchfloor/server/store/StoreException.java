package io.watchfloor.server.store;

/// The database cannot be reached, or answered with a fault. The message is a sentence for the operator.
public final class StoreException extends RuntimeException {

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
