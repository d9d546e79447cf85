package io.watchfloor.server.limit;

/// Shared buckets cannot be reached. The message is for logs.
public final class BucketsGoneException extends RuntimeException {

    public BucketsGoneException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
