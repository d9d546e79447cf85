package io.watchfloor.client.widget.chart;

import java.util.Arrays;

/// The newest samples of one line, in order of time, in two primitive arrays that grow up to a bound; beyond it the
/// oldest leave. A sample of a time that is there replaces; an older one is put into its place; `NaN` is a gap.
///
/// The transport thread writes, the FX thread copies out a stretch: both hold the lock for one insertion or one array
/// copy, never while drawing. Thread-safe.
public final class SampleRing {

    private static final int FIRST_CAPACITY = 256;

    private final int capacity;
    private long[] times;
    private double[] values;
    private int start;
    private int size;
    private volatile long version;

    /// @param capacity most samples kept, at least 1
    public SampleRing(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("a ring holds at least one sample");
        }
        this.capacity = capacity;
        times = new long[Math.min(capacity, FIRST_CAPACITY)];
        values = new double[times.length];
    }

    /// Adds one sample. One that is older than all of a full ring is dropped.
    ///
    /// @param time milliseconds since 1970 UTC
    public synchronized void put(long time, double value) {
        if (size == 0 || time > times[slot(size - 1)]) {
            append(time, value);
        } else {
            int index = lowerBound(time);
            if (times[slot(index)] == time) {
                values[slot(index)] = value;
            } else {
                insert(index, time, value);
            }
        }
        version++;
    }

    /// Forgets everything and takes these samples, of which the newest are kept.
    ///
    /// @param newTimes strictly rising
    /// @param newValues as many as times
    public synchronized void replace(long[] newTimes, double[] newValues) {
        int kept = Math.min(newTimes.length, capacity);
        int from = newTimes.length - kept;
        int room = Math.max(times.length, Math.min(capacity, kept + kept / 4));
        times = Arrays.copyOf(Arrays.copyOfRange(newTimes, from, newTimes.length), room);
        values = Arrays.copyOf(Arrays.copyOfRange(newValues, from, newTimes.length), room);
        start = 0;
        size = kept;
        version++;
    }

    public synchronized void clear() {
        start = 0;
        size = 0;
        version++;
    }

    public synchronized int size() {
        return size;
    }

    /// Rises with every change; for telling cheaply whether there is anything new.
    public long version() {
        return version;
    }

    /// Time of the newest sample, or [Long#MIN_VALUE] where there is none.
    public synchronized long lastTime() {
        return size == 0 ? Long.MIN_VALUE : times[slot(size - 1)];
    }

    /// The newest value, or `NaN` where there is none.
    public synchronized double lastValue() {
        return size == 0 ? Double.NaN : values[slot(size - 1)];
    }

    /// Copies the samples from `from` to `to`, both included, and the one before and the one after, so that a line can be
    /// drawn to the edges.
    public synchronized void copy(long from, long to, SampleWindow into) {
        int first = Math.max(0, lowerBound(from) - 1);
        int end = to == Long.MAX_VALUE ? size : Math.min(size, lowerBound(to + 1) + 1);
        int count = Math.max(0, end - first);
        into.prepare(count, version);
        int head = Math.min(count, times.length - slot(first));
        if (count > 0) {
            System.arraycopy(times, slot(first), into.times, 0, head);
            System.arraycopy(values, slot(first), into.values, 0, head);
            System.arraycopy(times, 0, into.times, head, count - head);
            System.arraycopy(values, 0, into.values, head, count - head);
        }
    }

    private int slot(int index) {
        int slot = start + index;
        return slot >= times.length ? slot - times.length : slot;
    }

    /// Index of the first sample not before the time.
    private int lowerBound(long time) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[slot(middle)] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void append(long time, double value) {
        if (size == times.length && size < capacity) {
            grow();
        }
        if (size == times.length) {
            start = slot(1);
            size--;
        }
        times[slot(size)] = time;
        values[slot(size)] = value;
        size++;
    }

    private void insert(int index, long time, double value) {
        if (size == times.length && size < capacity) {
            grow();
        }
        int at = index;
        if (size == times.length) {
            if (index == 0) {
                return;
            }
            start = slot(1);
            size--;
            at--;
        }
        for (int i = size; i > at; i--) {
            times[slot(i)] = times[slot(i - 1)];
            values[slot(i)] = values[slot(i - 1)];
        }
        times[slot(at)] = time;
        values[slot(at)] = value;
        size++;
    }

    private void grow() {
        int room = (int) Math.min(capacity, times.length * 2L);
        long[] moreTimes = new long[room];
        double[] moreValues = new double[room];
        for (int i = 0; i < size; i++) {
            moreTimes[i] = times[slot(i)];
            moreValues[i] = values[slot(i)];
        }
        times = moreTimes;
        values = moreValues;
        start = 0;
    }
}
