package io.watchfloor.document;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A replica's copy of a dashboard: the confirmed document, made of log entries and nothing else, and apart from it the
/// pending pushes, not yet in the log. What is shown is, per property, the greater stamp of both, or what is pending where
/// the other is this replica's own, which was pushed earlier; of a long text, the confirmed one with what was pushed and
/// what was typed since over it.
///
/// Every change answers with the properties whose shown value it touched, so that a view redraws only those.
/// Confined to its owner's executor.
public final class ReplicaDocument {

    /// A property whose shown assignment or text has changed.
    public record Change(ElementId element, String property) {}

    /// Hears how shown texts change, so that carets and undo steps go along. Called in order, before the change that
    /// causes it is answered.
    public interface TextListener {

        /// @param delta from the text shown before to the one shown now; not empty
        /// @param typed whether it was [#edit] that changed it, and not somebody else
        void textChanged(TextId text, Delta delta, boolean typed);
    }

    private final TextListener listener;
    private Document confirmed = new Document();
    private long revision;
    private final Map<Long, List<Assignment>> pending = new LinkedHashMap<>();
    /// The pending assignments of each register, so that reading one does not look through all that waits.
    private final Map<Change, List<Assignment>> pendingOf = new HashMap<>();
    private final Map<TextId, PendingText> texts = new TreeMap<>();
    /// The pushes that hold deltas in flight.
    private final Map<TextId, Long> inFlight = new HashMap<>();
    private final TextTrail trail = new TextTrail();

    public ReplicaDocument() {
        this((_, _, _) -> {});
    }

    public ReplicaDocument(TextListener listener) {
        this.listener = listener;
    }

    public long revision() {
        return revision;
    }

    public Document confirmed() {
        return confirmed;
    }

    /// Takes the place of the confirmed document; pending pushes and what was typed stay.
    public Set<Change> reset(Snapshot snapshot) {
        Set<Change> changes = new HashSet<>();
        Document before = confirmed;
        addAll(confirmed, changes);
        confirmed = Document.of(snapshot);
        revision = snapshot.revision();
        trail.reset(revision);
        addAll(confirmed, changes);
        Set<TextId> ids = new HashSet<>(before.texts());
        ids.addAll(confirmed.texts());
        ids.addAll(texts.keySet());
        for (TextId id : ids) {
            PendingText text = texts.getOrDefault(id, PendingText.of(before.content(id)));
            List<PendingText.Outcome> steps = text.reset(confirmed.text(id));
            settle(id, new PendingText.Outcome(steps.getLast().text(), Delta.NONE), changes);
            steps.forEach(step -> tell(id, step.shown(), changes));
        }
        return changes;
    }

    private static void addAll(Document document, Set<Change> changes) {
        for (ElementId element : document.elements()) {
            document.properties(element).forEach(property -> changes.add(new Change(element, property)));
        }
    }

    /// Applies the next entry of the log; where it is one of this replica's own pushes, that is pending no more.
    ///
    /// @param own number of the push in `pending`, or null for another replica's entry
    /// @throws IllegalArgumentException where the entry is not the next one, or holds a text edit that does not fit: then
    ///         the confirmed document is not the log's, and only [#reset] makes it whole
    public Set<Change> confirm(Entry entry, @Nullable Long own) {
        if (entry.revision() != revision + 1) {
            throw new IllegalArgumentException(
                    "revision " + entry.revision() + " does not follow revision " + revision);
        }
        revision = entry.revision();
        Set<Change> changes = own == null ? new HashSet<>() : forget(own);
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> {
                    if (confirmed.apply(assignment)) {
                        changes.add(new Change(assignment.element(), assignment.property()));
                    }
                }
                case TextEdit edit -> confirm(edit, own, changes);
            }
        }
        if (own != null) {
            takeOut(own, changes);
        }
        return changes;
    }

    private void confirm(TextEdit edit, @Nullable Long own, Set<Change> changes) {
        TextId id = edit.id();
        PendingText text = texts.get(id);
        confirmed.apply(edit);
        trail.add(revision, edit);
        if (text == null) {
            tell(id, edit.delta(), changes);
        } else if (own != null && own.equals(inFlight.get(id))) {
            inFlight.remove(id);
            settle(id, text.acked(edit.delta()), changes);
        } else {
            settle(id, text.committedByOther(edit.delta()), changes);
        }
    }

    private void settle(TextId id, PendingText.Outcome outcome, Set<Change> changes) {
        if (outcome.text().isSettled()) {
            texts.remove(id);
        } else {
            texts.put(id, outcome.text());
        }
        tell(id, outcome.shown(), changes);
    }

    private void tell(TextId id, Delta shown, Set<Change> changes) {
        if (!shown.isEmpty()) {
            changes.add(new Change(id.element(), id.property()));
            listener.textChanged(id, shown, false);
        }
    }

    /// Shows a push that is not in the log yet; the same number again replaces it.
    public Set<Change> pend(long number, List<Assignment> assignments) {
        Set<Change> changes = forget(number);
        pending.put(number, List.copyOf(assignments));
        for (Assignment assignment : assignments) {
            Change register = new Change(assignment.element(), assignment.property());
            changes.add(register);
            pendingOf.computeIfAbsent(register, _ -> new ArrayList<>(1)).add(assignment);
        }
        return changes;
    }

    /// Takes a pending push back out, with the deltas it has in flight, as after a rejection.
    public Set<Change> drop(long number) {
        Set<Change> changes = forget(number);
        takeOut(number, changes);
        return changes;
    }

    private Set<Change> forget(long number) {
        Set<Change> changes = new HashSet<>();
        List<Assignment> dropped = pending.remove(number);
        if (dropped != null) {
            for (Assignment assignment : dropped) {
                Change register = new Change(assignment.element(), assignment.property());
                changes.add(register);
                List<Assignment> left = pendingOf.get(register);
                if (left != null && left.remove(assignment) && left.isEmpty()) {
                    pendingOf.remove(register);
                }
            }
        }
        return changes;
    }

    private void takeOut(long number, Set<Change> changes) {
        for (TextId id : inFlightOf(number)) {
            inFlight.remove(id);
            PendingText text = texts.get(id);
            if (text != null) {
                settle(id, text.dropped(), changes);
            }
        }
    }

    private List<TextId> inFlightOf(long number) {
        return inFlight.entrySet().stream().filter(e -> e.getValue() == number).map(Map.Entry::getKey).sorted()
                .toList();
    }

    /// The long text shown, "" where nothing was ever written. Costs as much as it is long, once after each change.
    public String text(TextId id) {
        return content(id).toString();
    }

    /// The long text shown, as it is edited; empty where nothing was ever written.
    public Rope content(TextId id) {
        PendingText text = texts.get(id);
        return text == null ? confirmed.content(id) : text.shown();
    }

    /// A place in the shown text as one in the confirmed text at [#revision], for others to find.
    public int confirmedPlace(TextId id, int shown) {
        PendingText text = texts.get(id);
        return text == null ? shown : text.confirmedPlace(shown);
    }

    /// A place that somebody told, as one in the shown text.
    ///
    /// @param at the revision that it counts in
    /// @return empty where that revision has not come yet, or is long gone
    public OptionalInt shownPlace(TextId id, long at, int place) {
        OptionalInt followed = at > revision ? OptionalInt.empty() : trail.follow(id, at, place);
        if (followed.isEmpty() || followed.getAsInt() < 0) {
            return OptionalInt.empty();
        }
        PendingText text = texts.get(id);
        int now = Math.min(followed.getAsInt(), confirmed.content(id).length());
        return OptionalInt.of(text == null ? now : text.shownPlace(now));
    }

    /// Types into a text: shown at once, pending until it is sent and acked.
    ///
    /// @param delta on the shown text
    /// @throws IllegalArgumentException where it does not fit the shown text
    public Set<Change> edit(TextId id, Delta delta) {
        if (delta.isEmpty()) {
            return Set.of();
        }
        PendingText text = texts.getOrDefault(id, PendingText.of(confirmed.content(id))).edit(delta);
        settle(id, new PendingText.Outcome(text, Delta.NONE), new HashSet<>());
        listener.textChanged(id, delta, true);
        return Set.of(new Change(id.element(), id.property()));
    }

    /// The texts with something typed that may be sent now: nothing of theirs is in flight.
    public List<TextId> ready() {
        return texts.entrySet().stream().filter(e -> e.getValue().isReady()).map(Map.Entry::getKey).toList();
    }

    /// Puts what was typed into a text in flight, as part of a push.
    ///
    /// @return the edit to be pushed, made on the confirmed revision
    /// @throws IllegalStateException where the text is not [#ready]
    public TextEdit send(long number, TextId id) {
        PendingText text = texts.get(id);
        if (text == null || !text.isReady()) {
            throw new IllegalStateException("nothing was typed, or something is in flight already");
        }
        PendingText sent = text.send();
        Delta delta = sent.inFlight();
        if (delta == null) {
            throw new IllegalStateException("nothing is in flight after sending");
        }
        texts.put(id, sent);
        inFlight.put(id, number);
        return new TextEdit(id.element(), id.property(), revision, delta);
    }

    /// The deltas that a push has in flight wait again, as after the answer that their base is not known any more. Nothing
    /// that is shown changes.
    public void takeBack(long number) {
        for (TextId id : inFlightOf(number)) {
            inFlight.remove(id);
            PendingText text = texts.get(id);
            if (text != null) {
                settle(id, new PendingText.Outcome(text.returned(), Delta.NONE), new HashSet<>());
            }
        }
    }

    /// What is pending of texts, to be kept for the next start.
    public Map<TextId, PendingText> pendingTexts() {
        return Map.copyOf(texts);
    }

    /// Takes what was pending of a text at the last start. It is carried over from the text it was made on to the one
    /// here.
    ///
    /// @param number of the push that holds what is in flight; null where nothing is
    public Set<Change> restore(TextId id, PendingText kept, @Nullable Long number) {
        Set<Change> changes = new HashSet<>();
        String before = text(id);
        PendingText here = kept.reset(confirmed.text(id)).getLast().text();
        if (number != null && here.inFlight() != null) {
            inFlight.put(id, number);
        }
        PendingText taken = inFlight.containsKey(id) ? here : here.returned();
        settle(id, new PendingText.Outcome(taken, TextDifference.between(before, taken.shown().toString())), changes);
        return changes;
    }

    /// The assignment shown for a property, or null where it was never set.
    public @Nullable Assignment find(ElementId element, String property) {
        Assignment logged = confirmed.find(element, property);
        Assignment latest = null;
        if (!pendingOf.isEmpty()) {
            for (Assignment assignment : pendingOf.getOrDefault(new Change(element, property), List.of())) {
                if (latest == null || assignment.stamp().compareTo(latest.stamp()) > 0) {
                    latest = assignment;
                }
            }
        }
        boolean waits = latest != null && (logged == null || latest.stamp().replica() == logged.stamp().replica()
                || latest.stamp().compareTo(logged.stamp()) > 0);
        return waits ? latest : logged;
    }

    public @Nullable Value get(ElementId element, String property) {
        Assignment assignment = find(element, property);
        return assignment == null ? null : assignment.value();
    }

    /// Every element of the confirmed document and of the pending pushes, deleted ones included.
    public Set<ElementId> elements() {
        Set<ElementId> elements = new HashSet<>(confirmed.elements());
        pendingOf.keySet().forEach(register -> elements.add(register.element()));
        return elements;
    }
}
