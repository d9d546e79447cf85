package io.watchfloor.protocol.codec;

import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Samples;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Table;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Makes random records of any type by reflection.
final class RandomRecords {

    private static final String[] TEXTS = {"", "a", "Zürich", "líne\nbreak", "\"quoted\\\"", "😀 e\u0301", "\u202eabc",
            "null"};

    private final SplittableRandom random;

    RandomRecords(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// All records below a sealed interface.
    static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        return Arrays.stream(type.getPermittedSubclasses()).flatMap(c -> leaves(c).stream()).toList();
    }

    Object make(Class<?> record) {
        try {
            RecordComponent[] components = record.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            @Nullable
            Object[] arguments = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                arguments[i] = value(components[i].getAnnotatedType());
            }
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(record + " cannot be made", e);
        }
    }

    private @Nullable Object value(AnnotatedType annotated) {
        if (annotated.isAnnotationPresent(Nullable.class) && random.nextInt(3) == 0) {
            return null;
        }
        return value(annotated.getType());
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> value(list.getActualTypeArguments()[0]))
                    .toList();
        }
        Class<?> c = (Class<?>) type;
        if (c == int.class || c == Integer.class) {
            return random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(100);
        } else if (c == long.class || c == Long.class) {
            return random.nextInt(4) == 0 ? Value.Int.MAX : random.nextLong(2_000_000_000_000L);
        } else if (c == double.class) {
            return random.nextInt(4) == 0 ? 0.1 : random.nextInt(100) / 8.0;
        } else if (c == boolean.class) {
            return random.nextBoolean();
        } else if (c == String.class) {
            return TEXTS[random.nextInt(TEXTS.length)];
        } else if (c == UUID.class) {
            return new UUID(random.nextLong(), random.nextLong());
        } else if (c == Stamp.class) {
            return new Stamp(random.nextLong(Stamp.MAX_WALL + 1), random.nextInt(Integer.MAX_VALUE),
                    random.nextInt(99));
        } else if (c == Value.class) {
            return anyValue(3);
        } else if (c == Delta.class) {
            return new DeltaBuilder().retain(random.nextInt(3)).insert(value(String.class).toString())
                    .delete(random.nextInt(3)).retain(random.nextInt(3)).insert(value(String.class).toString()).build();
        } else if (c == Samples.class) {
            int n = random.nextInt(4);
            return new Samples(random.nextLong(1L << 48), random.ints(n).toArray(), random.ints(n).toArray(),
                    doubles(n));
        } else if (c == Line.class) {
            int n = random.nextInt(4);
            return new Line(random.nextInt(9),
                    (io.watchfloor.sample.SeriesKey) make(io.watchfloor.sample.SeriesKey.class),
                    random.longs(n, 0, 1L << 48).toArray(), doubles(n));
        } else if (c == long[].class) {
            return random.longs(random.nextInt(4), 0, 1L << 48).toArray();
        } else if (c == double[].class) {
            return doubles(random.nextInt(4));
        } else if (c == Labels.class) {
            return random.nextBoolean() ? Labels.NONE : Labels.of("host", value(String.class).toString(), "a", "");
        } else if (c == Table.class) {
            return new Table(random.nextLong(1L << 48),
                    List.of(new Table.Column("name", Table.Kind.TEXT), new Table.Column("cpu", Table.Kind.PERCENT)),
                    List.of(new Table.Row(List.of(Table.Cell.of("x"), Table.Cell.of(1.5))),
                            new Table.Row(List.of(Table.Cell.of(""), new Table.Cell(null, null)))));
        } else if (c.isEnum()) {
            return c.getEnumConstants()[random.nextInt(c.getEnumConstants().length)];
        } else if (c.isSealed()) {
            List<Class<?>> leaves = leaves(c);
            return value((Type) leaves.get(random.nextInt(leaves.size())));
        } else if (c.isRecord()) {
            return c == io.watchfloor.document.ElementId.class
                    ? new io.watchfloor.document.ElementId(random.nextLong())
                    : make(c);
        }
        throw new AssertionError("no way to make a " + c);
    }

    private double[] doubles(int n) {
        double[] special = {0.1, -2, 1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 5};
        return IntStream.range(0, n).mapToDouble(_ -> special[random.nextInt(special.length)]).toArray();
    }

    private Value anyValue(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> Value.NULL;
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextLong(-Value.Int.MAX, Value.Int.MAX));
            case 3 -> Value.of(random.nextDouble() * 1e6);
            case 4 -> Value.of(TEXTS[random.nextInt(TEXTS.length)]);
            case 5 ->
                new Value.Items(IntStream.range(0, random.nextInt(3)).mapToObj(_ -> anyValue(depth - 1)).toList());
            default -> {
                TreeMap<String, Value> fields = new TreeMap<>();
                IntStream.range(0, random.nextInt(3)).forEach(i -> fields.put(TEXTS[i], anyValue(depth - 1)));
                yield new Value.Fields(fields);
            }
        };
    }
}
