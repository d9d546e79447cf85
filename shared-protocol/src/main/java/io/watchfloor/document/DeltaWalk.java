package io.watchfloor.document;

/// Goes through the components in pieces; after the last one everything is kept, without end. Confined to
/// its thread.
final class DeltaWalk {

    private static final int WITHOUT_END = Integer.MAX_VALUE;

    private final Delta delta;
    private int index;
    private int taken;

    DeltaWalk(Delta delta) {
        this.delta = delta;
    }

    boolean ended() {
        return index == delta.lengths.length;
    }

    boolean inserts() {
        return !ended() && delta.lengths[index] == 0;
    }

    boolean deletes() {
        return !ended() && delta.lengths[index] < 0;
    }

    int left() {
        if (ended()) {
            return WITHOUT_END;
        }
        int length = delta.lengths[index];
        return (length == 0 ? delta.inserted[index].length() : Math.abs(length)) - taken;
    }

    /// Goes on by a length of at most [#left].
    ///
    /// @return what is inserted there
    String take(int length) {
        if (ended()) {
            return "";
        }
        String all = delta.inserted[index];
        String piece = delta.lengths[index] != 0 || length == all.length()
                ? all
                : all.substring(taken, taken + length);
        if (length == left()) {
            index++;
            taken = 0;
        } else {
            taken += length;
        }
        return piece;
    }
}
