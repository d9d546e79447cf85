package io.watchfloor.client.model;

import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.Delta;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A long text of the dashboard that a replica is the copy of. Owner executor only.
final class DashboardText implements LongText {

    private final TextId id;
    private final DashboardReplica replica;
    private final DashboardEditor editor;
    private final Consumer<String> notice;
    private final Consumer<DashboardText> closed;
    private final List<Listener> listeners = new ArrayList<>();
    private boolean typing;
    private boolean present;
    /// What this view showed that it was working on, before it was this text.
    private Presence.@Nullable Editing before;
    private int anchor;
    private int head;

    /// @param notice told what a person should know
    /// @param closed told that this one follows nothing any more
    DashboardText(TextId id, DashboardReplica replica, DashboardEditor editor, Consumer<String> notice,
            Consumer<DashboardText> closed) {
        this.id = id;
        this.replica = replica;
        this.editor = editor;
        this.notice = notice;
        this.closed = closed;
    }

    TextId id() {
        return id;
    }

    @Override
    public CharSequence content() {
        return replica.content(id);
    }

    @Override
    public boolean editable() {
        return editor.canEdit();
    }

    @Override
    public boolean type(Delta delta) {
        typing = true;
        try {
            return editor.type(id.element(), id.property(), delta);
        } finally {
            typing = false;
        }
    }

    @Override
    public void undo() {
        tell(editor.undo());
    }

    @Override
    public void redo() {
        tell(editor.redo());
    }

    private void tell(Optional<String> sentence) {
        sentence.ifPresent(notice);
    }

    @Override
    public List<Caret> carets() {
        List<Caret> carets = new ArrayList<>();
        for (Colleague colleague : replica.company().typingIn(id.element(), id.property())) {
            Presence.Editing editing = colleague.presence().editing();
            Presence.Caret caret = editing == null ? null : editing.caret();
            if (caret != null) {
                OptionalInt from = replica.shownPlace(id, caret.revision(), caret.anchor());
                OptionalInt to = replica.shownPlace(id, caret.revision(), caret.head());
                if (from.isPresent() && to.isPresent()) {
                    carets.add(new Caret(colleague.session(), colleague.person().account(), colleague.person().color(),
                            from.getAsInt(), to.getAsInt()));
                }
            }
        }
        return carets;
    }

    @Override
    public void caret(int newAnchor, int newHead) {
        if (!present) {
            before = replica.company().mine().editing();
        }
        present = true;
        anchor = newAnchor;
        head = newHead;
        publish();
    }

    /// Tells the caret anew where others may not find it any more by themselves: what it stood in was pending and is not.
    void publish() {
        int most = content().length();
        if (present && anchor <= most && head <= most) {
            replica.company().editing(id.element(), id.property(), replica.confirmedPlace(id, anchor),
                    replica.confirmedPlace(id, head), replica.revision());
        }
    }

    @Override
    public void leave() {
        if (present) {
            present = false;
            Presence.Editing now = replica.company().mine().editing();
            boolean here = now != null && now.element().equals(id.element()) && id.property().equals(now.property());
            if (here && before != null && before.caret() == null) {
                replica.company().editing(before.element(), before.property());
            } else if (here) {
                replica.company().stopEditing();
            }
        }
    }

    @Override
    public Registration listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void changed(Delta delta) {
        anchor = delta.transform(anchor, Delta.Side.LEFT);
        head = delta.transform(head, Delta.Side.LEFT);
        boolean here = typing;
        List.copyOf(listeners).forEach(listener -> listener.changed(delta, here));
    }

    void rightChanged() {
        List.copyOf(listeners).forEach(Listener::rightChanged);
    }

    @Override
    public void close() {
        leave();
        listeners.clear();
        closed.accept(this);
    }
}
