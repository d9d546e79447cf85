package io.watchfloor.document;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Makes a delta from components in the order of the walk, whatever form they come in. Confined to its thread.
public final class DeltaBuilder {

    private int[] lengths = new int[4];
    private String[] inserted = new String[4];
    private int size;
    /// The text of the last insertion while it grows, so that many pieces cost no more than one.
    private @Nullable StringBuilder growing;
    private int growingAt;

    /// @throws IllegalArgumentException where the length is negative or all is longer than 2^31 - 1
    public DeltaBuilder retain(int length) {
        check(length);
        if (length > 0) {
            if (size > 0 && lengths[size - 1] > 0) {
                lengths[size - 1] = sum(lengths[size - 1], length);
            } else {
                add(size, length, "");
            }
        }
        return this;
    }

    public DeltaBuilder insert(String text) {
        if (!text.isEmpty()) {
            int at = size > 0 && lengths[size - 1] < 0 ? size - 1 : size;
            if (at > 0 && lengths[at - 1] == 0) {
                grow(at - 1, text);
            } else {
                add(at, 0, text);
            }
        }
        return this;
    }

    /// @throws IllegalArgumentException where the length is negative or all is longer than 2^31 - 1
    public DeltaBuilder delete(int length) {
        check(length);
        if (length > 0) {
            if (size > 0 && lengths[size - 1] < 0) {
                lengths[size - 1] = -sum(-lengths[size - 1], length);
            } else {
                add(size, -length, "");
            }
        }
        return this;
    }

    public Delta build() {
        settle();
        int end = size > 0 && lengths[size - 1] > 0 ? size - 1 : size;
        return end == 0 ? Delta.NONE : new Delta(Arrays.copyOf(lengths, end), Arrays.copyOf(inserted, end));
    }

    private static void check(int length) {
        if (length < 0) {
            throw new IllegalArgumentException("a length is not negative");
        }
    }

    private static int sum(int a, int b) {
        long sum = (long) a + b;
        if (sum > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a delta is longer than any text");
        }
        return (int) sum;
    }

    private void grow(int at, String text) {
        if (growing == null) {
            growing = new StringBuilder(inserted[at]);
            growingAt = at;
        }
        growing.append(text);
    }

    private void settle() {
        if (growing != null) {
            inserted[growingAt] = growing.toString();
            growing = null;
        }
    }

    private void add(int at, int length, String text) {
        if (length >= 0) {
            settle();
        }
        if (size == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * size);
            inserted = Arrays.copyOf(inserted, 2 * size);
        }
        System.arraycopy(lengths, at, lengths, at + 1, size - at);
        System.arraycopy(inserted, at, inserted, at + 1, size - at);
        lengths[at] = length;
        inserted[at] = text;
        size++;
    }
}
