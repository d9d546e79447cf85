package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.client.widget.text.NoteView;
import io.watchfloor.document.Properties;
import javafx.scene.layout.Region;

/// A note that everybody types in. FX thread only.
final class TextBody implements WidgetBody {

    private final LongText text;
    private final NoteView note;
    private final Registration company;

    TextBody(Widget widget, WidgetSources sources, Runnable dirty) {
        text = sources.texts().text(widget.id(), Properties.TEXT);
        note = new NoteView(text, sources.texts()::mayEdit, sources.texts()::follow, dirty);
        company = sources.texts().listen(dirty);
    }

    @Override
    public Region region() {
        return note;
    }

    @Override
    public void show(Widget widget) {
        note.setAccessibleText(widget.title());
    }

    @Override
    public void range(long millis) {
        // it shows no data
    }

    @Override
    public void redraw() {
        note.redraw();
    }

    @Override
    public WidgetState state(long now) {
        return WidgetState.FRESH;
    }

    @Override
    public void begin() {
        note.type();
    }

    @Override
    public void close() {
        company.close();
        note.dispose();
        text.close();
    }
}
