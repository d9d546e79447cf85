package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A push that the server has not acked.
///
/// @param key names it in the outbox and orders the pushes of a dashboard
/// @param clientSeq its number, from 1, once it is sealed; 0 while it is open
/// @param label what the edit was, for people
///
/// Immutable.
public record OutboxPush(long key, long clientSeq, String label, List<Operation> operations) {

    public OutboxPush {
        operations = List.copyOf(operations);
    }

    /// Those of its operations that set a property.
    public List<Assignment> assignments() {
        return operations.stream().filter(Assignment.class::isInstance).map(Assignment.class::cast).toList();
    }

    /// The same push, open and with other operations.
    public OutboxPush open(List<? extends Operation> other) {
        return new OutboxPush(key, 0, label, List.copyOf(other));
    }

    public OutboxPush sealed(long number) {
        return new OutboxPush(key, number, label, operations);
    }

    /// Whether an entry of the log holds what this push does; what the room may change of it, stamps and deltas, aside.
    public boolean isHeldBy(Entry entry) {
        return registers(operations).equals(registers(entry.operations()));
    }

    private record Register(ElementId element, String property, @Nullable Value value) {}

    private static List<Register> registers(List<Operation> operations) {
        return operations.stream().map(operation -> switch (operation) {
            case Assignment a -> new Register(a.element(), a.property(), a.value());
            case TextEdit edit -> new Register(edit.element(), edit.property(), null);
        }).toList();
    }

    /// Whether it has its number and never changes again.
    public boolean sealed() {
        return clientSeq > 0;
    }
}
