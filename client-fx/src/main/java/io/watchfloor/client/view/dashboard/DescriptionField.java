package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.widget.Redrawable;
import io.watchfloor.client.widget.text.TextPane;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import javafx.scene.Node;
import javafx.util.Subscription;

/// What a widget is about, typed by everybody at once. FX thread only.
final class DescriptionField implements Redrawable {

    private static final int ROWS = 4;

    private final LongText text;
    private final TextPane pane;
    private final Subscription pulse;
    private final Registration company;

    DescriptionField(ElementId widget, WidgetSources sources) {
        text = sources.texts().text(widget, Properties.DESCRIPTION);
        pane = new TextPane(text);
        pane.area().setId("inspect-description");
        pane.area().setPrefRowCount(ROWS);
        pane.area().setPromptText("What this shows, and what to do when it turns red");
        pulse = sources.pulse().register(this);
        company = sources.texts().listen(() -> sources.pulse().mark(this));
        sources.pulse().mark(this);
    }

    Node node() {
        return pane;
    }

    @Override
    public void redraw() {
        pane.showCarets();
    }

    @Override
    public boolean isInSight() {
        return true;
    }

    void close() {
        company.close();
        pulse.unsubscribe();
        pane.dispose();
        text.close();
    }
}
