package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.CopyChange;
import io.watchfloor.client.sync.outbox.KeptCopy;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Rope;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is shown of an open dashboard: the confirmed document, and on top of it the pushes that wait in the queue. It
/// knows nothing of connections: what came over one is applied here, and the listener is told what that changed.
///
/// Owner executor only.
final class DashboardCopy {

    private static final System.Logger LOG = System.getLogger(DashboardCopy.class.getName());

    private final PushQueue queue;
    private final ServerClock serverClock;
    private final DashboardListener listener;
    private final Consumer<List<Assignment>> committed;
    private final ReplicaDocument document = new ReplicaDocument(this::textChanged);
    private final Authorship authorship = new Authorship(document);
    private final Reunion reunion = new Reunion(document, authorship);
    private final TypedTexts typed = new TypedTexts(document, reunion::sealed);
    private final HybridClock clock = HybridClock.ofReplica();
    private boolean takingBack;
    private boolean typing;
    /// Of the log that the document is of; null while there is no such document.
    private @Nullable Epoch epoch;
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

    /// The long text shown, "" where nothing was ever written.
    String text(TextId id) {
        return document.text(id);
    }

    /// The long text shown, as it is edited.
    Rope content(TextId id) {
        return document.content(id);
    }

    int confirmedPlace(TextId id, int shown) {
        return document.confirmedPlace(id, shown);
    }

    OptionalInt shownPlace(TextId id, long at, int place) {
        return document.shownPlace(id, at, place);
    }

    /// Types into a long text.
    ///
    /// @throws IllegalArgumentException where the delta does not fit the shown text
    void type(String label, TextId id, Delta delta) {
        typing = true;
        try {
            Set<Change> changes = typed.edit(label, id, delta);
            queue.typed();
            tell(changes);
        } finally {
            typing = false;
        }
    }

    private void textChanged(TextId id, Delta delta, boolean own) {
        if (!own && !takingBack) {
            authorship.typedByOthers(id);
        }
        listener.textChanged(id, delta, typing);
    }

    Authorship authorship() {
        return authorship;
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

    /// Of the log that the document is of, also where it is in doubt; null where there is none.
    @Nullable
    Epoch epoch() {
        return epoch;
    }

    /// Shows what was kept on this computer, and what was typed before the program ended.
    void open(Optional<KeptCopy> kept) {
        Set<Change> changes = new HashSet<>();
        kept.ifPresent(copied -> {
            epoch = copied.epoch();
            reunion.opened(copied.acked());
            whole = true;
            copied.snapshot().assignments().forEach(a -> clock.observe(a.stamp()));
            changes.addAll(document.reset(copied.snapshot()));
        });
        changes.addAll(typed.restore(queue.texts(), kept.isPresent()));
        authorship.begin();
        queue.attach(typed);
        tell(changes);
    }

    /// The copy is as new as the server's, or was so until now.
    void seen(Right right) {
        if (whole) {
            queue.keep(new CopyChange.Seen(right, serverClock.now()));
        }
    }

    /// The dashboard is not for this account any more.
    void forget() {
        queue.keep(new CopyChange.Forgotten());
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
        // of a dashboard that was never seen here nothing is news
        boolean known = epoch != null;
        boolean otherEpoch = epoch != null && !epoch.equals(answer.epoch());
        Map<TextId, String> textsBefore = otherEpoch ? reunion.texts() : Map.of();
        boolean anew = answer.snapshot() != null || !whole;
        authorship.own(ownNumber);
        reunion.await(queue);
        if (anew) {
            Snapshot snapshot = answer.snapshot() == null ? Snapshot.EMPTY : answer.snapshot();
            snapshot.assignments().forEach(a -> clock.observe(a.stamp()));
            if (epoch != null) {
                reunion.replaced(snapshot);
            }
            answer.authors().forEach(author -> reunion.wrote(author.replica(), author.account()));
            tell(document.reset(snapshot));
        }
        whole = true;
        epoch = answer.epoch();
        Set<Change> changes = new HashSet<>();
        for (Entry entry : answer.entries()) {
            if (whole && follows(entry)) {
                if (known && entry.replica() != ownNumber && entry.revision() > document.revision()) {
                    reunion.arrived(entry);
                }
                changes.addAll(confirm(entry, ownNumber, !anew));
            } else {
                whole = false;
                break;
            }
        }
        if (otherEpoch) {
            authorship.ownOnly(ownNumber);
            reunion.restored(textsBefore);
        }
        if (anew) {
            keepWhole(answer.right());
        }
        tell(changes);
        return whole;
    }

    private void keepWhole(Right right) {
        if (epoch != null && whole) {
            queue.keep(new CopyChange.Whole(new KeptCopy(epoch, right, serverClock.now(),
                    document.confirmed().snapshot(document.revision()), reunion.remembered())));
        }
    }

    /// What there is to tell of the copy's coming together with the log.
    Reunion reunion() {
        return reunion;
    }

    /// Whether an entry is the next one, or one that is applied already.
    boolean follows(Entry entry) {
        return entry.revision() <= document.revision() + 1;
    }

    /// Applies an entry that follows; one that was applied before changes nothing.
    void apply(Entry entry) {
        tell(confirm(entry, queue.replica().number(), true));
    }

    /// @param journal whether the kept copy is brought forward by this entry
    private Set<Change> confirm(Entry entry, int ownNumber, boolean journal) {
        OutboxPush numbered = entry.replica() == ownNumber ? queue.find(entry.clientSeq()) : null;
        OutboxPush own = numbered != null && numbered.isHeldBy(entry) ? numbered : null;
        List<Assignment> logged = assignments(entry);
        logged.forEach(a -> clock.observe(a.stamp()));
        reunion.wrote(entry.replica(), entry.author());
        Set<Change> changes = new HashSet<>();
        List<CopyChange> kept = new ArrayList<>();
        if (entry.revision() == document.revision() + 1) {
            try {
                changes.addAll(document.confirm(entry, own == null ? null : own.key()));
            } catch (IllegalArgumentException e) {
                LOG.log(System.Logger.Level.WARNING, "revision " + entry.revision() + " cannot be applied", e);
                whole = false;
                return changes;
            }
            if (journal) {
                kept.add(new CopyChange.Next(entry));
            }
        } else if (own != null) {
            changes.addAll(takeOut(own));
        }
        if (own != null) {
            typed.decided(own.key());
            kept.addAll(reunion.acked(own, entry.operations()));
            queue.remove(own, kept);
            if (!own.assignments().equals(logged)) {
                listener.restamped(own.assignments(), logged);
            }
            committed.accept(logged);
        } else {
            kept.forEach(queue::keep);
        }
        return changes;
    }

    private static List<Assignment> assignments(Entry entry) {
        List<Assignment> assignments = new ArrayList<>();
        entry.operations().forEach(operation -> {
            switch (operation) {
                case Assignment assignment -> assignments.add(assignment);
                case TextEdit _ -> {} // has no stamp
            }
        });
        return assignments;
    }

    /// A push is in the log, and in the document.
    void acked(OutboxPush push) {
        Set<Change> changes = takeOut(push);
        queue.remove(push, reunion.acked(push, push.operations()));
        tell(changes);
    }

    /// Takes a push out of the queue and of what is shown: it was refused.
    void refused(OutboxPush push) {
        reunion.refused(push);
        Set<Change> changes = takeOut(push);
        queue.remove(push);
        tell(changes);
    }

    private Set<Change> takeOut(OutboxPush push) {
        takingBack = true;
        try {
            return document.drop(push.key());
        } finally {
            takingBack = false;
            typed.decided(push.key());
        }
    }

    /// What was typed with a push was made on a revision that is too old: it waits again, and is pushed on a newer one.
    void takeBack(OutboxPush push) {
        reunion.refused(push);
        Set<Change> changes = typed.takeBack(push);
        reunion.await(typed);
        queue.remove(push);
        tell(changes);
    }

    /// Makes all that waits open again, under another replica that has not joined yet. What the log holds already is not
    /// sent again.
    void renew(ReplicaId id, @Nullable Epoch of) {
        for (OutboxPush push : queue.all()) {
            boolean logged = push.sealed() && !push.assignments().isEmpty() && push.assignments().stream()
                    .allMatch(a -> a.equals(document.confirmed().find(a.element(), a.property())));
            if (logged) {
                acked(push);
            }
        }
        Set<Change> changes = new HashSet<>();
        queue.renew(id, of, push -> changes.addAll(typed.takeBack(push)));
        reunion.await(typed);
        tell(changes);
    }

    /// Takes over the number that the dashboard gave to the replica.
    void number(int number, Epoch of) {
        authorship.own(number);
        for (PushQueue.Restamped push : queue.joined(number, of)) {
            tell(document.pend(push.after().key(), push.after().assignments()));
            listener.restamped(push.before().assignments(), push.after().assignments());
        }
    }

    private void tell(Set<Change> changes) {
        if (!changes.isEmpty()) {
            listener.changed(changes);
        }
    }
}
