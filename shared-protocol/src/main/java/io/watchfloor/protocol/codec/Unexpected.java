package io.watchfloor.protocol.codec;

/// What is not as expected, and is left to somebody who has words for what is wrong with it. Immutable.
final class Unexpected extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unexpected() {
        super(null, null, false, false);
    }
}
