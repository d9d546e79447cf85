package io.watchfloor.server.room;

/// A change was asked for on a log that the dashboard does not go on with, as after a restore from a backup. Nothing was
/// changed.
public final class OtherEpochException extends RuntimeException {

    public OtherEpochException() {
        super("The dashboard has begun another epoch.", null, false, false);
    }
}
