package io.watchfloor.protocol.codec;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Table;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// The forms of what is not written as a plain record: ids, stamps, hashes, values, labels, table rows, and in JSON the
/// numbers that JSON does not have.
final class Forms {

    private Forms() {}

    static SimpleModule module(Encoding encoding) {
        boolean binary = encoding == Encoding.CBOR;
        SimpleModule module = new SimpleModule("watchfloor");
        addUuid(module, DashboardId.class, DashboardId::id, DashboardId::new, binary);
        addUuid(module, Epoch.class, Epoch::id, Epoch::new, binary);
        addUuid(module, ReplicaId.class, ReplicaId::id, ReplicaId::new, binary);
        add(module, ElementId.class,
                (id, out) -> writeBytes(out, binary, longs(id.bits()), id.toString()),
                in -> in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                        ? new ElementId(bytes(in, Long.BYTES).getLong())
                        : ElementId.parse(text(in)));
        add(module, StateHash.class,
                (hash, out) -> writeBytes(out, binary, longs(hash.high(), hash.low()), hash.toString()),
                in -> {
                    if (in.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
                        return StateHash.parse(text(in));
                    }
                    ByteBuffer bytes = bytes(in, 16);
                    return new StateHash(bytes.getLong(), bytes.getLong());
                });
        add(module, Stamp.class, Forms::write, Forms::readStamp);
        add(module, Value.class, Forms::write, in -> readValue(in));
        add(module, Delta.class, Forms::write, Forms::readDelta);
        add(module, Labels.class, (labels, out) -> {
            out.writeStartObject();
            labels.pairs().forEach(out::writeStringProperty);
            out.writeEndObject();
        }, Forms::readLabels);
        add(module, Table.Cell.class, Forms::write, Forms::readCell);
        add(module, Table.Row.class, (row, out) -> {
            out.writeStartArray();
            row.cells().forEach(cell -> write(cell, out));
            out.writeEndArray();
        }, in -> {
            expect(in, JsonToken.START_ARRAY, "an array of cells");
            List<Table.Cell> cells = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                cells.add(readCell(in));
            }
            return new Table.Row(cells);
        });
        if (binary) {
            AssignmentForm.register(module);
        } else {
            add(module, double[].class, (numbers, out) -> {
                out.writeStartArray();
                for (double number : numbers) {
                    writeDouble(out, number);
                }
                out.writeEndArray();
            }, Forms::readDoubles);
        }
        return module;
    }

    private interface Writer<T> {

        void write(T value, JsonGenerator out);
    }

    private interface Reader<T> {

        T read(JsonParser in);
    }

    private static <T> void add(SimpleModule module, Class<T> type, Writer<? super T> writer,
            Reader<? extends T> reader) {
        module.addSerializer(type, serializer(type, writer));
        module.addDeserializer(type, deserializer(type, reader));
    }

    private static <T> void addUuid(SimpleModule module, Class<T> type, Function<T, UUID> id, Function<UUID, T> make,
            boolean binary) {
        add(module, type, (value, out) -> {
            UUID uuid = id.apply(value);
            writeBytes(out, binary, longs(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()),
                    uuid.toString());
        }, in -> {
            if (in.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
                ByteBuffer bytes = bytes(in, 16);
                return make.apply(new UUID(bytes.getLong(), bytes.getLong()));
            }
            String text = text(in);
            if (text.length() != 36) {
                throw new IllegalArgumentException("a UUID has 36 characters");
            }
            return make.apply(UUID.fromString(text));
        });
    }

    private static <T> ValueSerializer<T> serializer(Class<T> type, Writer<? super T> writer) {
        return new StdSerializer<T>(type) {

            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                writer.write(value, out);
            }

            @Override
            public void serializeWithType(T value, JsonGenerator out, SerializationContext context,
                    TypeSerializer types) {
                writer.write(value, out);
            }
        };
    }

    private static <T> ValueDeserializer<T> deserializer(Class<T> type, Reader<? extends T> reader) {
        return new StdDeserializer<T>(type) {

            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                try {
                    return reader.read(in);
                } catch (IllegalArgumentException e) {
                    return context.reportInputMismatch(this, "%s", sentence(e));
                }
            }

            // A property may hold null, which is a value of its own.
            @Override
            public @Nullable Object getNullValue(DeserializationContext context) {
                return type == Value.class ? Value.NULL : null;
            }
        };
    }

    static String sentence(RuntimeException e) {
        String text = e.getMessage() == null || e.getMessage().isEmpty() ? "it cannot be read" : e.getMessage();
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    static void write(Stamp stamp, JsonGenerator out) {
        out.writeStartArray(stamp, 3);
        out.writeNumber(stamp.wall());
        out.writeNumber(stamp.counter());
        out.writeNumber(stamp.replica());
        out.writeEndArray();
    }

    static Stamp readStamp(JsonParser in) {
        expect(in, JsonToken.START_ARRAY, "a stamp, [wall, counter, replica]");
        long[] parts = new long[3];
        for (int i = 0; i < parts.length; i++) {
            if (in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new IllegalArgumentException("a stamp is three whole numbers");
            }
            parts[i] = in.getLongValue();
        }
        if (in.nextToken() != JsonToken.END_ARRAY) {
            throw new IllegalArgumentException("a stamp is three whole numbers");
        }
        return stamp(parts[0], parts[1], parts[2]);
    }

    static Stamp stamp(long wall, long counter, long replica) {
        if (counter > Integer.MAX_VALUE || replica > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("counter and replica of a stamp are below 2^31");
        }
        return new Stamp(wall, (int) Math.max(counter, -1), (int) Math.max(replica, -1));
    }

    static void write(Value value, JsonGenerator out) {
        switch (value) {
            case Value.Null _ -> out.writeNull();
            case Value.Bool flag -> out.writeBoolean(flag.value());
            case Value.Int number -> out.writeNumber(number.value());
            case Value.Real number -> out.writeNumber(number.value());
            case Value.Str text -> out.writeString(text.value());
            case Value.Items items -> {
                out.writeStartArray();
                items.values().forEach(item -> write(item, out));
                out.writeEndArray();
            }
            case Value.Fields fields -> {
                out.writeStartObject();
                fields.values().forEach((name, field) -> {
                    out.writeName(name);
                    write(field, out);
                });
                out.writeEndObject();
            }
        }
    }

    static Value readValue(JsonParser in) {
        return switch (in.currentToken()) {
            case VALUE_NULL -> Value.NULL;
            case VALUE_TRUE -> Value.of(true);
            case VALUE_FALSE -> Value.of(false);
            case VALUE_NUMBER_INT -> Value.of(in.getLongValue());
            case VALUE_NUMBER_FLOAT -> Value.of(in.getDoubleValue());
            case VALUE_STRING -> Value.of(in.getString());
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(readValue(in));
                }
                yield new Value.Items(items);
            }
            case START_OBJECT -> {
                TreeMap<String, Value> fields = new TreeMap<>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    fields.put(name, readValue(in));
                }
                yield new Value.Fields(fields);
            }
            case null, default -> throw new IllegalArgumentException("this is no value");
        };
    }

    private static void write(Delta delta, JsonGenerator out) {
        out.writeStartArray();
        delta.visit(new Delta.Visitor() {

            @Override
            public void retain(int length) {
                out.writeNumber(length);
            }

            @Override
            public void insert(String text) {
                out.writeString(text);
            }

            @Override
            public void delete(int length) {
                out.writeNumber(-length);
            }
        });
        out.writeEndArray();
    }

    private static Delta readDelta(JsonParser in) {
        expect(in, JsonToken.START_ARRAY, "a delta, like [5, \"abc\", -2]");
        DeltaBuilder delta = new DeltaBuilder();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                delta.insert(in.getString());
            } else if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                long length = in.getLongValue();
                if (Math.abs(length) > Integer.MAX_VALUE || length == Long.MIN_VALUE) {
                    throw new IllegalArgumentException("a length of a delta is below 2^31");
                } else if (length < 0) {
                    delta.delete((int) -length);
                } else {
                    delta.retain((int) length);
                }
            } else {
                throw new IllegalArgumentException("a delta holds whole numbers and texts");
            }
        }
        return delta.build();
    }

    private static Labels readLabels(JsonParser in) {
        expect(in, JsonToken.START_OBJECT, "labels");
        TreeMap<String, String> pairs = new TreeMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            pairs.put(name, text(in));
        }
        return new Labels(pairs);
    }

    private static void write(Table.Cell cell, JsonGenerator out) {
        if (cell.text() != null) {
            out.writeString(cell.text());
        } else if (cell.number() != null) {
            writeDouble(out, cell.number());
        } else {
            out.writeNull();
        }
    }

    private static Table.Cell readCell(JsonParser in) {
        return switch (in.currentToken()) {
            case VALUE_NULL -> new Table.Cell(null, null);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Table.Cell.of(in.getDoubleValue());
            case VALUE_STRING -> Table.Cell.of(in.getString());
            case null, default -> throw new IllegalArgumentException("a cell is text, a number or null");
        };
    }

    /// JSON has no NaN and no infinity: a gap is null, the infinities are named as Prometheus does.
    private static void writeDouble(JsonGenerator out, double number) {
        if (Double.isFinite(number)) {
            out.writeNumber(number);
        } else if (Double.isNaN(number)) {
            out.writeNull();
        } else {
            out.writeString(number > 0 ? "+Inf" : "-Inf");
        }
    }

    private static double[] readDoubles(JsonParser in) {
        expect(in, JsonToken.START_ARRAY, "an array of numbers");
        double[] numbers = new double[16];
        int size = 0;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = switch (token) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
                case VALUE_NULL -> Double.NaN;
                case VALUE_STRING -> infinity(in.getString());
                case null, default -> throw new IllegalArgumentException("expected a number");
            };
        }
        return Arrays.copyOf(numbers, size);
    }

    private static double infinity(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new IllegalArgumentException("expected a number, null, \"+Inf\" or \"-Inf\"");
        };
    }

    private static void writeBytes(JsonGenerator out, boolean binary, byte[] bytes, String text) {
        if (binary) {
            out.writeBinary(bytes);
        } else {
            out.writeString(text);
        }
    }

    private static byte[] longs(long... longs) {
        ByteBuffer bytes = ByteBuffer.allocate(longs.length * Long.BYTES);
        for (long part : longs) {
            bytes.putLong(part);
        }
        return bytes.array();
    }

    static ByteBuffer bytes(JsonParser in, int length) {
        byte[] bytes = in.getBinaryValue();
        if (bytes.length != length) {
            throw new IllegalArgumentException("expected " + length + " bytes");
        }
        return ByteBuffer.wrap(bytes);
    }

    static String text(JsonParser in) {
        expect(in, JsonToken.VALUE_STRING, "text");
        return in.getString();
    }

    static void expect(JsonParser in, JsonToken token, String what) {
        if (in.currentToken() != token) {
            throw new IllegalArgumentException("expected " + what);
        }
    }
}
