package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.List;
import java.util.Map;

/// About how many bytes an entry takes in the log, told without writing it. Stateless.
final class EntrySize {

    /// Names, numbers and punctuation.
    private static final int ENTRY = 120;
    private static final int OPERATION = 90;
    private static final int PART = 8;

    private EntrySize() {}

    static long of(Entry entry) {
        return ENTRY + entry.author().length() + of(entry.operations());
    }

    static long of(List<Operation> operations) {
        long size = 0;
        for (Operation operation : operations) {
            size += OPERATION + switch (operation) {
                case Assignment assignment -> assignment.property().length() + of(assignment.value());
                case TextEdit edit -> edit.property().length() + of(edit.delta());
            };
        }
        return size;
    }

    private static long of(Delta delta) {
        return (long) PART * delta.size() + Math.max(0, delta.growth());
    }

    private static long of(Value value) {
        long size = PART;
        switch (value) {
            case Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> {}
            case Value.Str text -> size += text.value().length();
            case Value.Items items -> {
                for (Value item : items.values()) {
                    size += of(item);
                }
            }
            case Value.Fields fields -> {
                for (Map.Entry<String, Value> field : fields.values().entrySet()) {
                    size += PART + field.getKey().length() + of(field.getValue());
                }
            }
        }
        return size;
    }
}
