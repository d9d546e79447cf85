package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Widget;
import io.watchfloor.client.widget.WidgetState;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// Stands for a widget of a kind that a newer version has brought. FX thread only.
final class UnknownBody implements WidgetBody {

    private final Label sentence = new Label();
    private final HBox box = new HBox(sentence);

    UnknownBody() {
        sentence.setWrapText(true);
        box.getStyleClass().add("wf-unknown");
        box.setMinSize(0, 0);
    }

    @Override
    public Region region() {
        return box;
    }

    @Override
    public void show(Widget widget) {
        sentence.setText("This is a '" + widget.kind()
                + "', made with a newer Watchfloor. Update to see it; nothing of it is lost.");
    }

    @Override
    public void range(long millis) {
        // it shows no data
    }

    @Override
    public void redraw() {
        // it shows no data
    }

    @Override
    public WidgetState state(long now) {
        return WidgetState.FRESH;
    }

    @Override
    public void close() {
        // it follows nothing
    }
}
