package io.watchfloor.sample;

/// A selector that cannot be read. The message is a sentence for the person who wrote it.
public final class SelectorException extends RuntimeException {

    private final int position;

    public SelectorException(String message, int position) {
        super(message);
        this.position = position;
    }

    /// Index of the offending character, from 0.
    public int position() {
        return position;
    }
}
