package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextEdit;
import io.watchfloor.server.store.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The log of one epoch: what the store made durable in it, in order, and the document that follows from it at every
/// revision. Confined to its run's thread.
final class Chronicle {

    /// A push as its author numbered it.
    private record PushId(int replica, long clientSeq) {}

    private final Epoch epoch;
    private final BiConsumer<String, String> violated;
    private final List<Entry> entries = new ArrayList<>();
    private final List<StateHash> hashes = new ArrayList<>(List.of(StateHash.EMPTY));
    private final Map<PushId, Decision> decisions = new HashMap<>();
    private final List<List<Decision>> groups = new ArrayList<>();
    private final Map<Integer, Long> newest = new HashMap<>();
    private final Set<Integer> restorers = new HashSet<>();
    private final Document document = new Document();
    private final PlainDocument plain = new PlainDocument();

    /// @param creation entries that the dashboard begins with
    /// @param violated takes the rule and what was seen
    Chronicle(Epoch epoch, List<Entry> creation, BiConsumer<String, String> violated) {
        this.epoch = epoch;
        this.violated = violated;
        creation.forEach(this::apply);
    }

    /// What is left of this log where it goes on after some groups in another epoch.
    Chronicle after(int kept, Epoch other, List<Entry> creation) {
        Chronicle restored = new Chronicle(other, creation, violated);
        groups.subList(0, kept).forEach(restored::committed);
        return restored;
    }

    Epoch epoch() {
        return epoch;
    }

    /// A replica number is one that the server itself makes a restore under.
    void restorer(int replica) {
        restorers.add(replica);
    }

    boolean isRestorer(int replica) {
        return restorers.contains(replica);
    }

    /// Takes down what has become durable in one transaction.
    void committed(List<Decision> group) {
        groups.add(List.copyOf(group));
        for (Decision decision : group) {
            PushId id = new PushId(decision.replica(), decision.clientSeq());
            if (decisions.put(id, decision) != null) {
                violated.accept("decided-twice", id + " was decided again: " + decision);
            }
            long last = newest.getOrDefault(decision.replica(), 0L);
            if (decision.clientSeq() != last + 1) {
                violated.accept("push-order", id + " was decided after " + last);
            }
            newest.put(decision.replica(), decision.clientSeq());
            if (decision instanceof Decision.Accepted accepted) {
                apply(accepted.entry());
            }
        }
    }

    private void apply(Entry entry) {
        if (entry.revision() != head() + 1) {
            violated.accept("revision-gap", "revision " + entry.revision() + " was written after " + head());
        }
        entries.add(entry);
        apply(document, entry);
        plain.apply(entry);
        hashes.add(document.stateHash());
    }

    private static void apply(Document document, Entry entry) {
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> document.apply(edit);
            }
        }
    }

    long head() {
        return entries.size();
    }

    /// The entry of a revision, or null where nothing is durable there.
    @Nullable
    Entry entry(long revision) {
        return revision < 1 || revision > head() ? null : entries.get((int) revision - 1);
    }

    List<Entry> entries() {
        return entries;
    }

    /// Of the document at a revision; null where nothing is durable there.
    @Nullable
    StateHash hash(long revision) {
        return revision < 0 || revision > head() ? null : hashes.get((int) revision);
    }

    /// What was decided about a push; null where nothing was.
    @Nullable
    Decision decision(int replica, long clientSeq) {
        return decisions.get(new PushId(replica, clientSeq));
    }

    /// Whether a decision stands here, be it made in this epoch or an earlier one.
    boolean holds(Decision decision) {
        return decision.equals(decision(decision.replica(), decision.clientSeq()));
    }

    /// All that was accepted, in order.
    List<Decision.Accepted> accepted() {
        return groups.stream().flatMap(List::stream).filter(Decision.Accepted.class::isInstance)
                .map(Decision.Accepted.class::cast).toList();
    }

    /// What follows from it, by the plainest reading of the rules.
    PlainDocument plain() {
        return plain;
    }

    /// Whether the document that is shipped comes to the same.
    void checkDocument() {
        String difference = plain.difference(document);
        if (difference != null) {
            violated.accept("document-wrong", difference);
        }
    }

    /// The long texts at the head, sorted.
    List<String> texts() {
        return plain.texts();
    }

    /// The document at the head.
    Document document() {
        return document;
    }

    /// The document at a revision.
    Document at(long revision) {
        Document at = new Document();
        entries.subList(0, (int) revision).forEach(entry -> apply(at, entry));
        return at;
    }

    /// Folds the log in another order, which must make no difference but for long texts.
    void checkOrderDoesNotMatter(SplittableRandom random) {
        List<Operation> operations = new ArrayList<>();
        List<TextEdit> edits = new ArrayList<>();
        for (Entry entry : entries) {
            for (Operation operation : entry.operations()) {
                switch (operation) {
                    case Assignment assignment -> operations.add(random.nextInt(operations.size() + 1), assignment);
                    case TextEdit edit -> edits.add(edit);
                }
            }
        }
        Document other = new Document();
        operations.forEach(operation -> {
            if (operation instanceof Assignment assignment) {
                other.apply(assignment);
            }
        });
        edits.forEach(other::apply);
        if (!other.stateHash().equals(document.stateHash())) {
            violated.accept("order-matters", "the log in another order gives another document");
        }
    }
}
