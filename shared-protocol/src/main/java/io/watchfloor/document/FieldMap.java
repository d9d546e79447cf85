package io.watchfloor.document;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The few fields of a value in two arrays: a tree of them would take four times the memory and be most of the cost of an
/// edit. Immutable.
@SuppressWarnings("JdkObsolete") // values promise a sorted map, which is less to keep than a navigable one
final class FieldMap extends AbstractMap<String, Value> implements SortedMap<String, Value> {

    private final String[] names;
    private final Value[] values;

    /// @param names in ascending order, each once; both arrays are kept and must not be changed
    FieldMap(String[] names, Value[] values) {
        this.names = names;
        this.values = values;
    }

    static FieldMap copyOf(SortedMap<String, Value> fields) {
        if (fields instanceof FieldMap map) {
            return map;
        }
        SortedMap<String, Value> sorted = fields.comparator() == null ? fields : new TreeMap<>(Map.copyOf(fields));
        return new FieldMap(sorted.keySet().toArray(String[]::new), sorted.values().toArray(Value[]::new));
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public @Nullable Value get(@Nullable Object name) {
        int at = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
        return at < 0 ? null : values[at];
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        for (int i = 0; i < names.length; i++) {
            action.accept(names[i], values[i]);
        }
    }

    @Override
    public Set<Map.Entry<String, Value>> entrySet() {
        return new AbstractSet<>() {

            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Map.Entry<String, Value>> iterator() {
                return new Iterator<>() {

                    private int next;

                    @Override
                    public boolean hasNext() {
                        return next < names.length;
                    }

                    @Override
                    public Map.Entry<String, Value> next() {
                        if (next == names.length) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(names[next], values[next++]);
                    }
                };
            }
        };
    }

    @Override
    public @Nullable Comparator<? super String> comparator() {
        return null;
    }

    @Override
    public SortedMap<String, Value> subMap(String from, String to) {
        return new TreeMap<>(this).subMap(from, to);
    }

    @Override
    public SortedMap<String, Value> headMap(String to) {
        return new TreeMap<>(this).headMap(to);
    }

    @Override
    public SortedMap<String, Value> tailMap(String from) {
        return new TreeMap<>(this).tailMap(from);
    }

    @Override
    public String firstKey() {
        return name(0);
    }

    @Override
    public String lastKey() {
        return name(names.length - 1);
    }

    private String name(int at) {
        if (names.length == 0) {
            throw new NoSuchElementException();
        }
        return names[at];
    }
}
