package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.List;

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
        return switch (value) {
            case Value.Null _, Value.Bool _, Value.Int _, Value.Real _ -> PART;
            case Value.Str text -> PART + text.value().length();
            case Value.Items items -> PART + items.values().stream().mapToLong(EntrySize::of).sum();
            case Value.Fields fields -> PART + fields.values().entrySet().stream()
                    .mapToLong(field -> PART + field.getKey().length() + of(field.getValue())).sum();
        };
    }
}
