package io.watchfloor.client.gallery;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.Delta;
import java.util.ArrayList;
import java.util.List;

/// A long text that is what it was made as, but for what is typed into it. Confined to its thread.
public final class WrittenText implements LongText {

    private final List<Caret> carets;
    private final List<Listener> listeners = new ArrayList<>();
    private String content;

    public WrittenText(String content, Caret... carets) {
        this.content = content;
        this.carets = List.of(carets);
    }

    @Override
    public String content() {
        return content;
    }

    @Override
    public boolean editable() {
        return true;
    }

    @Override
    public boolean type(Delta delta) {
        change(delta, true);
        return true;
    }

    /// Somebody else types.
    public void told(Delta delta) {
        change(delta, false);
    }

    private void change(Delta delta, boolean here) {
        content = delta.apply(content);
        List.copyOf(listeners).forEach(listener -> listener.changed(delta, here));
    }

    @Override
    public void undo() {}

    @Override
    public void redo() {}

    @Override
    public List<Caret> carets() {
        return carets;
    }

    @Override
    public void caret(int anchor, int head) {}

    @Override
    public void leave() {}

    @Override
    public Registration listen(Listener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {}
}
