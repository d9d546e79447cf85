package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Operation;
import java.util.List;

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

    /// Whether it has its number and never changes again.
    public boolean sealed() {
        return clientSeq > 0;
    }
}
