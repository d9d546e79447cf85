package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is shown of an open dashboard: the confirmed document, and on top of it the pushes that wait in the queue. It
/// knows nothing of connections: what came over one is applied here, and the listener is told what that changed.
///
/// Owner executor only.
final class DashboardCopy {

    private final PushQueue queue;
    private final ServerClock serverClock;
    private final DashboardListener listener;
    private final Consumer<List<Assignment>> committed;
    private final ReplicaDocument document = new ReplicaDocument();
    private final HybridClock clock = new HybridClock();
    /// Whether the document is one that the server gave, up to its revision.
    private boolean whole;

    /// @param committed told of each edit of one's own that is in the log now, as it was logged
    DashboardCopy(PushQueue queue, ServerClock serverClock, DashboardListener listener,
            Consumer<List<Assignment>> committed) {
        this.queue = queue;
        this.serverClock = serverClock;
        this.listener = listener;
        this.committed = committed;
        for (OutboxPush push : queue.all()) {
            document.pend(push.key(), push.assignments());
            push.assignments().forEach(a -> clock.observe(a.stamp()));
        }
    }

    @Nullable
    Assignment find(ElementId element, String property) {
        return document.find(element, property);
    }

    Set<ElementId> elements() {
        return document.elements();
    }

    boolean touchedByOthers(ElementId element) {
        int own = queue.replica().number();
        return document.confirmed().properties(element).stream().map(property -> document.find(element, property))
                .anyMatch(shown -> shown != null && shown.stamp().replica() != own
                        && shown.stamp().replica() != Stamp.PROVISIONAL_REPLICA);
    }

    long revision() {
        return document.revision();
    }

    StateHash stateHash() {
        return document.confirmed().stateHash();
    }

    boolean whole() {
        return whole;
    }

    /// What the document holds is not to be relied on; the next join asks for all of it.
    void doubt() {
        whole = false;
    }

    /// Shows an edit and puts it into the queue.
    ///
    /// @return the assignments as stamped
    List<Assignment> edit(String label, List<Edit> edits) {
        int number = queue.replica().number();
        int stampedBy = number == OutboxReplica.NO_NUMBER ? Stamp.PROVISIONAL_REPLICA : number;
        List<Assignment> assignments = new ArrayList<>();
        for (Edit edit : edits) {
            Stamp stamp = clock.next(serverClock.now(), stampedBy);
            assignments.add(new Assignment(edit.element(), edit.property(), edit.value(), stamp));
        }
        OutboxPush push = queue.add(label, assignments);
        tell(document.pend(push.key(), push.assignments()));
        return assignments;
    }

    /// Applies what a join was answered with.
    ///
    /// @param ownNumber of this replica in the entries, or [OutboxReplica#NO_NUMBER] where none of them are its own
    /// @return whether that was complete; if not, the copy is not to be relied on any more
    boolean catchUp(ServerMessage.Joined answer, int ownNumber) {
        if (answer.snapshot() != null) {
            answer.snapshot().assignments().forEach(a -> clock.observe(a.stamp()));
            tell(document.reset(answer.snapshot()));
        } else if (!whole || ownNumber == OutboxReplica.NO_NUMBER) {
            tell(document.reset(Snapshot.EMPTY)); // the entries begin at revision 1
        }
        whole = true;
        Set<Change> changes = new HashSet<>();
        for (Entry entry : answer.entries()) {
            if (follows(entry)) {
                changes.addAll(confirm(entry, ownNumber));
            } else {
                whole = false;
                break;
            }
        }
        tell(changes);
        return whole;
    }

    /// Whether an entry is the next one, or one that is applied already.
    boolean follows(Entry entry) {
        return entry.revision() <= document.revision() + 1;
    }

    /// Applies an entry that follows; one that was applied before changes nothing.
    void apply(Entry entry) {
        tell(confirm(entry, queue.replica().number()));
    }

    private Set<Change> confirm(Entry entry, int ownNumber) {
        OutboxPush own = entry.replica() == ownNumber ? queue.find(entry.clientSeq()) : null;
        List<Assignment> logged = assignments(entry);
        logged.forEach(a -> clock.observe(a.stamp()));
        Set<Change> changes = new HashSet<>();
        if (entry.revision() == document.revision() + 1) {
            changes.addAll(document.confirm(entry, own == null ? null : own.key()));
        } else if (own != null) {
            changes.addAll(document.drop(own.key()));
        }
        if (own != null) {
            queue.remove(own);
            if (!own.assignments().equals(logged)) {
                listener.restamped(own.assignments(), logged);
            }
            committed.accept(logged);
        }
        return changes;
    }

    private static List<Assignment> assignments(Entry entry) {
        List<Assignment> assignments = new ArrayList<>();
        entry.operations().forEach(operation -> {
            switch (operation) {
                case Assignment assignment -> assignments.add(assignment);
            }
        });
        return assignments;
    }

    /// Takes a push out of the queue and of what is shown: it is decided.
    void drop(OutboxPush push) {
        queue.remove(push);
        tell(document.drop(push.key()));
    }

    /// Takes over the number that the dashboard gave to the replica.
    void number(int number, Epoch epoch) {
        for (PushQueue.Restamped push : queue.joined(number, epoch)) {
            tell(document.pend(push.after().key(), push.after().assignments()));
            listener.restamped(push.before().assignments(), push.after().assignments());
        }
    }

    /// Drops sealed pushes that the log holds already, whoever is told so.
    void dropWhatIsLogged() {
        for (OutboxPush push : queue.all()) {
            boolean logged = push.sealed() && push.assignments().stream()
                    .allMatch(a -> a.equals(document.confirmed().find(a.element(), a.property())));
            if (logged) {
                drop(push);
            }
        }
    }

    private void tell(Set<Change> changes) {
        if (!changes.isEmpty()) {
            listener.changed(changes);
        }
    }
}
