package io.watchfloor.client.model;

import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.TextId;
import java.util.List;

/// A dashboard as it was at a revision, to be looked at. Confined to its owner's executor.
public final class PastDashboard {

    private final Document document;
    private final ShownWidgets widgets;

    public PastDashboard(Snapshot snapshot) {
        document = Document.of(snapshot);
        widgets = new ShownWidgets(new WidgetReader(document::get));
        var _ = widgets.changed(ShownWidgets.appearing(document.elements()));
    }

    public String title() {
        return ElementForms.text(document.get(ElementId.DASHBOARD, Properties.TITLE), "");
    }

    /// How far back charts looked.
    public long rangeMillis() {
        return ElementForms.rangeMillis(document.get(ElementId.DASHBOARD, Properties.RANGE));
    }

    /// All widgets, the lowest first.
    public List<Widget> widgets() {
        return widgets.all();
    }

    /// A long text as it was: nobody types in it.
    public LongText longText(ElementId element, String property) {
        return new StillText(document.text(new TextId(element, property)));
    }

    /// A text that stays as it is.
    private record StillText(String content) implements LongText {

        @Override
        public boolean editable() {
            return false;
        }

        @Override
        public boolean type(Delta delta) {
            return false;
        }

        @Override
        public void undo() {
            // nothing was done in it
        }

        @Override
        public void redo() {
            // nothing was done in it
        }

        @Override
        public List<Caret> carets() {
            return List.of();
        }

        @Override
        public void caret(int anchor, int head) {
            // nobody is told
        }

        @Override
        public void leave() {
            // nobody was told
        }

        @Override
        public Registration listen(Listener listener) {
            return () -> {};
        }

        @Override
        public void close() {
            // it follows nothing
        }
    }
}
