package io.watchfloor.protocol.codec;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// Assignments in CBOR: without their type, and with the counter alone for a stamp that has wall time and replica of the
/// assignment before it in the same message. Elsewhere an operation carries its type, which is text, where an assignment
/// has the bytes of its element.
final class AssignmentForm {

    private static final Object BEFORE = new Object();

    private AssignmentForm() {}

    static void register(SimpleModule module) {
        module.addSerializer(Assignment.class, new Writer());
        module.addDeserializer(Assignment.class, new Reader<>(Assignment.class));
        module.addDeserializer(Operation.class, new Reader<>(Operation.class));
    }

    /// Whether a stamp is written as its counter.
    static boolean isAfter(@Nullable Stamp before, Stamp stamp) {
        return before != null && before.wall() == stamp.wall() && before.replica() == stamp.replica();
    }

    private static final class Writer extends StdSerializer<Assignment> {

        Writer() {
            super(Assignment.class);
        }

        @Override
        public void serialize(Assignment assignment, JsonGenerator out, SerializationContext context) {
            out.writeStartArray(assignment, 4);
            out.writeBinary(ByteBuffer.allocate(Long.BYTES).putLong(assignment.element().bits()).array());
            out.writeString(assignment.property());
            Forms.write(assignment.value(), out);
            if (isAfter((Stamp) context.getAttribute(BEFORE), assignment.stamp())) {
                out.writeNumber(assignment.stamp().counter());
            } else {
                Forms.write(assignment.stamp(), out);
            }
            context.setAttribute(BEFORE, assignment.stamp());
            out.writeEndArray();
        }

        @Override
        public void serializeWithType(Assignment assignment, JsonGenerator out, SerializationContext context,
                TypeSerializer types) {
            serialize(assignment, out, context);
        }
    }

    private static final class Reader<T extends Operation> extends StdDeserializer<T> {

        private final Class<T> type;
        /// How operations of other types are read: found once, for the mapper would build that anew each time.
        private final Map<Class<?>, ValueDeserializer<Object>> records = new ConcurrentHashMap<>();

        Reader(Class<T> type) {
            super(type);
            this.type = type;
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types) {
            return deserialize(in, context);
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            try {
                Forms.expect(in, JsonToken.START_ARRAY, "an operation");
                Operation operation = in.nextToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                        ? assignment(in, context)
                        : typed(in, context);
                return type.cast(operation);
            } catch (IllegalArgumentException | ClassCastException e) {
                return context.reportInputMismatch(this, "%s", Forms.sentence(e));
            }
        }

        /// An operation with its type before it; assignments may have it too.
        private Operation typed(JsonParser in, DeserializationContext context) {
            Forms.expect(in, JsonToken.VALUE_STRING, "the id of an element, or the type of an operation");
            String name = in.getString();
            in.nextToken();
            Operation operation = null;
            for (Class<?> each : Operation.class.getPermittedSubclasses()) {
                if (!RecordIntrospector.typeName(each).equals(name)) {
                    continue;
                }
                if (each == Assignment.class) {
                    Forms.expect(in, JsonToken.START_ARRAY, "an assignment");
                    in.nextToken();
                    operation = assignment(in, context);
                } else {
                    operation = (Operation) records
                            .computeIfAbsent(each, record -> context
                                    .findContextualValueDeserializer(context.constructType(record), null))
                            .deserialize(in, context);
                }
            }
            if (operation == null) {
                throw context.invalidTypeIdException(context.constructType(Operation.class), name, null);
            }
            end(in);
            return operation;
        }

        /// What stands in the array of an assignment; the parser is at its first item.
        private static Assignment assignment(JsonParser in, DeserializationContext context) {
            ElementId element = new ElementId(Forms.bytes(in, Long.BYTES).getLong());
            in.nextToken();
            String property = Forms.text(in);
            in.nextToken();
            Value value = Forms.readValue(in);
            in.nextToken();
            Stamp before = (Stamp) context.getAttribute(BEFORE);
            Stamp stamp = before != null && in.currentToken() == JsonToken.VALUE_NUMBER_INT
                    ? Forms.stamp(before.wall(), in.getLongValue(), before.replica())
                    : Forms.readStamp(in);
            context.setAttribute(BEFORE, stamp);
            end(in);
            return new Assignment(element, property, value, stamp);
        }

        /// Leaves out what a newer version has added.
        private static void end(JsonParser in) {
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (in.currentToken() == null) {
                    throw new IllegalArgumentException("the bytes end in the middle of an operation");
                }
                in.skipChildren();
            }
        }
    }
}
