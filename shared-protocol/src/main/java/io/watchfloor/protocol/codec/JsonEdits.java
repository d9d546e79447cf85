package io.watchfloor.protocol.codec;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Entries of assignments in JSON, by hand, to the byte as the mapper writes them: every edit is stored so, and the mapper
/// takes many times as long. What is not quite plain is left to it. Stateless.
final class JsonEdits {

    private JsonEdits() {}

    /// The bytes, or null where this is no such entry.
    static byte @Nullable [] encode(Object message) {
        if (!(message instanceof Entry entry)) {
            return null;
        }
        StringBuilder out = new StringBuilder(96 + 128 * entry.operations().size());
        try {
            write(entry, out);
        } catch (Unexpected other) {
            return null;
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Entry entry, StringBuilder out) {
        out.append("{\"revision\":").append(entry.revision()).append(",\"replica\":").append(entry.replica())
                .append(",\"clientSeq\":").append(entry.clientSeq()).append(",\"author\":");
        write(entry.author(), out);
        out.append(",\"at\":").append(entry.at()).append(",\"operations\":[");
        boolean first = true;
        for (Operation operation : entry.operations()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            switch (operation) {
                case Assignment assignment -> write(assignment, out);
                case TextEdit _ -> throw new Unexpected();
            }
        }
        out.append("]}");
    }

    private static void write(Assignment assignment, StringBuilder out) {
        out.append("{\"type\":\"assignment\",\"element\":\"").append(assignment.element()).append("\",\"property\":");
        write(assignment.property(), out);
        out.append(",\"value\":");
        write(assignment.value(), out);
        Stamp stamp = assignment.stamp();
        out.append(",\"stamp\":[").append(stamp.wall()).append(',').append(stamp.counter()).append(',')
                .append(stamp.replica()).append("]}");
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Null _ -> out.append("null");
            case Value.Bool flag -> out.append(flag.value());
            case Value.Int number -> out.append(number.value());
            case Value.Str text -> write(text.value(), out);
            case Value.Fields fields -> {
                char before = '{';
                for (Map.Entry<String, Value> field : fields.values().entrySet()) {
                    out.append(before);
                    before = ',';
                    write(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                }
                out.append(before == '{' ? "{}" : "}");
            }
            // Numbers that are no integers have more than one way to be written.
            case Value.Real _, Value.Items _ -> throw new Unexpected();
        }
    }

    private static void write(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                throw new Unexpected();
            }
        }
        out.append('"').append(text).append('"');
    }
}
