package io.watchfloor.server.store;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.TextEdit;
import java.util.List;

/// A dashboard as the store holds it. Immutable.
///
/// @param entries those after the snapshot, in order
public record StoredDashboard(Epoch epoch, Snapshot snapshot, List<Entry> entries) {

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
