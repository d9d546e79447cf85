package io.watchfloor.server.store;

/// A query that matches more series than one answer may hold. The message is a sentence for the person who asked.
public final class TooManyLinesException extends RuntimeException {

    public TooManyLinesException(String selector) {
        super("More than " + MetricStore.MAX_LINES + " series match " + selector + ". Narrow it with more labels.");
    }
}
