package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxText;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Operation;
import io.watchfloor.document.PendingText;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.Rope;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What was typed into the long texts of a dashboard and is not acked: at most one delta of each text is in flight, and
/// what is typed meanwhile waits as one more. Owner executor only.
final class TypedTexts implements WaitingTexts {

    private static final String LABEL = "Type";

    private final ReplicaDocument document;
    private final Consumer<OutboxPush> sealed;
    /// What the latest typing in a text was called.
    private final Map<TextId, String> labels = new HashMap<>();
    /// The push that holds what is in flight.
    private final Map<TextId, Long> pushes = new HashMap<>();

    /// @param sealed told of each push that holds what was typed
    TypedTexts(ReplicaDocument document, Consumer<OutboxPush> sealed) {
        this.document = document;
        this.sealed = sealed;
    }

    /// Types into a text.
    ///
    /// @throws IllegalArgumentException where the delta does not fit the shown text
    Set<Change> edit(String label, TextId id, Delta delta) {
        labels.put(id, label);
        return document.edit(id, delta);
    }

    /// Takes up what was typed before the program ended.
    ///
    /// @param standing whether the document is the one that it was typed on; where it is not, what was typed is put at the
    /// start, for nobody knows its place any more
    Set<Change> restore(List<OutboxText> held, boolean standing) {
        Set<Change> changes = new HashSet<>();
        for (OutboxText text : held) {
            labels.put(text.id(), text.label());
            PendingText typed = new PendingText(document.confirmed().content(text.id()), text.inFlight(),
                    text.buffered());
            if (standing && fits(typed)) {
                if (text.push() != null) {
                    pushes.put(text.id(), text.push());
                }
                changes.addAll(document.restore(text.id(), typed, text.push()));
            } else {
                changes.addAll(document.edit(text.id(), Delta.insert(0, inserted(text.buffered()))));
            }
        }
        return changes;
    }

    private static boolean fits(PendingText typed) {
        Delta inFlight = typed.inFlight();
        Rope base = typed.confirmed();
        if (inFlight != null) {
            if (inFlight.problemOn(base) != null) {
                return false;
            }
            base = inFlight.apply(base);
        }
        return typed.buffered().problemOn(base) == null;
    }

    /// What a push inserts into texts.
    static Map<TextId, String> typed(OutboxPush push) {
        Map<TextId, String> typed = new HashMap<>();
        for (Operation operation : push.operations()) {
            if (operation instanceof TextEdit edit) {
                typed.merge(edit.id(), inserted(edit.delta()), String::concat);
            }
        }
        return typed;
    }

    /// What a delta inserts, in order.
    static String inserted(Delta delta) {
        StringBuilder inserted = new StringBuilder();
        delta.visit(new Delta.Visitor() {

            @Override
            public void retain(int length) {
                // not inserted
            }

            @Override
            public void insert(String text) {
                inserted.append(text);
            }

            @Override
            public void delete(int length) {
                // not inserted
            }
        });
        return inserted.toString();
    }

    /// What a push holds waits again.
    Set<Change> takeBack(OutboxPush push) {
        Set<Change> changes = new HashSet<>();
        for (Operation operation : push.operations()) {
            if (operation instanceof TextEdit edit && !pushes.containsKey(edit.id())) {
                // of an earlier run whose text is not known any more: what was typed stays, its place does not
                changes.addAll(document.edit(edit.id(), Delta.insert(0, inserted(edit.delta()))));
            }
        }
        document.takeBack(push.key());
        decided(push.key());
        return changes;
    }

    /// A push is decided: what was in flight with it is not any more.
    void decided(long key) {
        pushes.values().removeIf(push -> push == key);
    }

    @Override
    public List<OutboxText> pending() {
        List<OutboxText> pending = new ArrayList<>();
        document.pendingTexts().forEach((id, text) -> pending.add(new OutboxText(id, labels.getOrDefault(id, LABEL),
                text.inFlight() == null ? null : pushes.get(id), text.inFlight(), text.buffered())));
        return pending;
    }

    @Override
    public @Nullable TextId ready() {
        return document.ready().stream().findFirst().orElse(null);
    }

    @Override
    public OutboxPush send(TextId text, long key, long clientSeq) {
        pushes.put(text, key);
        TextEdit edit = document.send(key, text);
        OutboxPush push = new OutboxPush(key, clientSeq, labels.getOrDefault(text, LABEL), List.of(edit));
        sealed.accept(push);
        return push;
    }
}
