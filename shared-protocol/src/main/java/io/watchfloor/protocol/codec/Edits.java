package io.watchfloor.protocol.codec;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage.Push;
import io.watchfloor.protocol.ServerMessage.Committed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pushes and their entries in CBOR, by hand: they are most of what is said, and the mapper takes many
/// times as long. The bytes are such as the mapper reads too. What is not as expected is left to it, so that mistakes are
/// named in one place. Stateless.
final class Edits {

    private static final byte[] PUSH = prefix("push", 3);
    private static final byte[] COMMITTED = prefix("committed", 2);
    private static final byte[] TEXT_EDIT = prefix("textEdit", 4);
    private static final int DEPTH = 16;

    private Edits() {}

    private static byte[] prefix(String type, int components) {
        CborWriter out = new CborWriter(16);
        out.array(2);
        out.text(type);
        out.array(components);
        return out.toByteArray();
    }

    /// The bytes, or null where this is no such message, or a text of it is not well-formed.
    static byte @Nullable [] encode(Object message) {
        try {
            return switch (message) {
                case Push push -> bytes(push);
                case Committed committed -> bytes(committed);
                default -> null;
            };
        } catch (Unexpected other) {
            return null;
        }
    }

    private static byte[] bytes(Push push) {
        CborWriter out = new CborWriter(32 + 48 * push.operations().size());
        out.raw(PUSH);
        out.integer(push.room());
        out.integer(push.clientSeq());
        write(push.operations(), out);
        return out.toByteArray();
    }

    private static byte[] bytes(Committed committed) {
        Entry entry = committed.entry();
        CborWriter out = new CborWriter(64 + 48 * entry.operations().size());
        out.raw(COMMITTED);
        out.integer(committed.room());
        out.array(6);
        out.integer(entry.revision());
        out.integer(entry.replica());
        out.integer(entry.clientSeq());
        out.text(entry.author());
        out.integer(entry.at());
        write(entry.operations(), out);
        return out.toByteArray();
    }

    private static void write(List<Operation> operations, CborWriter out) {
        out.array(operations.size());
        Stamp before = null;
        for (Operation operation : operations) {
            switch (operation) {
                case Assignment assignment -> {
                    write(assignment, before, out);
                    before = assignment.stamp();
                }
                case TextEdit edit -> write(edit, out);
            }
        }
    }

    private static void write(Assignment assignment, @Nullable Stamp before, CborWriter out) {
        out.array(4);
        out.eightBytes(assignment.element().bits());
        out.text(assignment.property());
        write(assignment.value(), out);
        Stamp stamp = assignment.stamp();
        if (AssignmentForm.isAfter(before, stamp)) {
            out.integer(stamp.counter());
        } else {
            out.array(3);
            out.integer(stamp.wall());
            out.integer(stamp.counter());
            out.integer(stamp.replica());
        }
    }

    private static void write(TextEdit edit, CborWriter out) {
        out.raw(TEXT_EDIT);
        out.eightBytes(edit.element().bits());
        out.text(edit.property());
        out.integer(edit.base());
        out.array(edit.delta().size());
        edit.delta().visit(new Delta.Visitor() {

            @Override
            public void retain(int length) {
                out.integer(length);
            }

            @Override
            public void insert(String text) {
                out.text(text);
            }

            @Override
            public void delete(int length) {
                out.integer(-length);
            }
        });
    }

    private static void write(Value value, CborWriter out) {
        switch (value) {
            case Value.Null _ -> out.nothing();
            case Value.Bool flag -> out.bool(flag.value());
            case Value.Int number -> out.integer(number.value());
            case Value.Real number -> out.real(number.value());
            case Value.Str text -> out.text(text.value());
            case Value.Items items -> {
                out.array(items.values().size());
                for (Value item : items.values()) {
                    write(item, out);
                }
            }
            case Value.Fields fields -> {
                out.map(fields.values().size());
                fields.values().forEach((name, field) -> {
                    out.text(name);
                    write(field, out);
                });
            }
        }
    }

    /// The messages of a frame, or null where one of them is something else.
    static <T> @Nullable List<T> decode(byte[] frame, Class<T> type) {
        CborReader in = new CborReader(frame);
        boolean pushes = type.isAssignableFrom(Push.class);
        boolean committed = type.isAssignableFrom(Committed.class);
        List<T> messages = new ArrayList<>();
        try {
            while (!in.isAtEnd()) {
                if (committed && in.take(COMMITTED)) {
                    messages.add(type.cast(new Committed(in.natural(), readEntry(in))));
                } else if (pushes && in.take(PUSH)) {
                    messages.add(type.cast(new Push(in.natural(), in.naturalLong(), readOperations(in))));
                } else {
                    return null;
                }
            }
            return messages;
        } catch (Unexpected | IllegalArgumentException other) {
            return null;
        }
    }

    private static Entry readEntry(CborReader in) {
        in.array(6);
        return new Entry(in.naturalLong(), in.natural(), in.naturalLong(), in.text(), in.naturalLong(),
                readOperations(in));
    }

    private static List<Operation> readOperations(CborReader in) {
        int size = in.array();
        Operation[] operations = new Operation[size];
        Stamp before = null;
        for (int i = 0; i < size; i++) {
            if (in.take(TEXT_EDIT)) {
                operations[i] = new TextEdit(new ElementId(in.eightBytes()), in.text(), in.naturalLong(),
                        readDelta(in));
            } else {
                in.array(4);
                ElementId element = new ElementId(in.eightBytes());
                String property = in.text();
                Value value = readValue(in, 0);
                before = readStamp(in, before);
                operations[i] = new Assignment(element, property, value, before);
            }
        }
        return List.of(operations);
    }

    private static Stamp readStamp(CborReader in, @Nullable Stamp before) {
        if (in.peek() >> 5 == Cbor.UNSIGNED && before != null) {
            return new Stamp(before.wall(), in.natural(), before.replica());
        }
        in.array(3);
        return new Stamp(in.naturalLong(), in.natural(), in.natural());
    }

    private static Delta readDelta(CborReader in) {
        int size = in.array();
        DeltaBuilder delta = new DeltaBuilder();
        for (int i = 0; i < size; i++) {
            if (in.peek() >> 5 == Cbor.TEXT) {
                delta.insert(in.text());
            } else {
                long length = in.integer();
                if (Math.abs(length) > Integer.MAX_VALUE) {
                    throw new Unexpected();
                } else if (length < 0) {
                    delta.delete((int) -length);
                } else {
                    delta.retain((int) length);
                }
            }
        }
        return delta.build();
    }

    private static Value readValue(CborReader in, int depth) {
        if (depth > DEPTH) {
            throw new Unexpected();
        }
        int initial = in.peek();
        return switch (initial >> 5) {
            case Cbor.UNSIGNED, Cbor.NEGATIVE -> Value.of(in.integer());
            case Cbor.TEXT -> Value.of(in.text());
            case Cbor.ARRAY -> {
                int size = in.array();
                List<Value> items = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    items.add(readValue(in, depth + 1));
                }
                yield new Value.Items(items);
            }
            case Cbor.MAP -> readFields(in, depth);
            default -> {
                if (initial == Cbor.DOUBLE) {
                    yield Value.of(in.real());
                }
                Value value = switch (initial) {
                    case Cbor.NULL -> Value.NULL;
                    case Cbor.TRUE -> Value.of(true);
                    case Cbor.FALSE -> Value.of(false);
                    default -> throw new Unexpected();
                };
                in.skipSimple();
                yield value;
            }
        };
    }

    private static Value readFields(CborReader in, int depth) {
        int size = in.map();
        String[] names = new String[size];
        Value[] values = new Value[size];
        for (int i = 0; i < size; i++) {
            names[i] = in.text();
            values[i] = readValue(in, depth + 1);
        }
        return Value.Fields.of(in.shared(names), values);
    }
}
