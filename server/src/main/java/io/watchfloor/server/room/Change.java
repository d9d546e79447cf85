package io.watchfloor.server.room;

import io.watchfloor.document.Document;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import java.util.List;
import java.util.function.Supplier;

/// A change that the server makes on behalf of somebody, such as a restore.
@FunctionalInterface
public interface Change {

    /// The operations that make it, in an order in which each may be applied after those before it.
    ///
    /// @param document as it is now; not to be changed
    /// @param revision of that document
    /// @param stamps gives stamps that are later than all in the document
    List<Operation> operations(Document document, long revision, Supplier<Stamp> stamps);

    /// What a change did.
    ///
    /// @param epoch that both revisions are of
    /// @param before the newest revision before it
    /// @param revision the newest revision after it; the same where there was nothing to change
    record Done(Epoch epoch, long before, long revision) {}
}
