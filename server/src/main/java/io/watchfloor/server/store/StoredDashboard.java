package io.watchfloor.server.store;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.TextEdit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A dashboard as the store holds it. Immutable.
///
/// @param entries those after the snapshot, in order
/// @param authors accounts by the numbers of their replicas, of those whose assignments are in the snapshot, as far as they
/// are known
public record StoredDashboard(Epoch epoch, Snapshot snapshot, List<Entry> entries, Map<Integer, String> authors) {

    public StoredDashboard(Epoch epoch, Snapshot snapshot, List<Entry> entries) {
        this(epoch, snapshot, entries, Map.of());
    }

    /// The same with the accounts of some replicas.
    public StoredDashboard withAuthors(Map<Integer, String> known) {
        return new StoredDashboard(epoch, snapshot, entries, known);
    }

    /// The numbers of the replicas whose assignments are in the snapshot.
    public Set<Integer> writers() {
        return snapshot.assignments().stream().map(assignment -> assignment.stamp().replica())
                .collect(Collectors.toSet());
    }

    /// The revision that it is at.
    public long revision() {
        return entries.isEmpty() ? snapshot.revision() : entries.getLast().revision();
    }

    /// The document there.
    public Document document() {
        Document document = Document.of(snapshot);
        for (Entry entry : entries) {
            for (Operation operation : entry.operations()) {
                switch (operation) {
                    case Assignment assignment -> document.apply(assignment);
                    case TextEdit edit -> document.apply(edit);
                }
            }
        }
        return document;
    }
}
