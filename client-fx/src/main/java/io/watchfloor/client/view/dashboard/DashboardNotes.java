package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What stands in the middle of a dashboard that has nothing to show: that it is awaited, empty, or not to be had, and
/// the next step. FX thread only.
final class DashboardNotes {

    /// Of widgets that can be moved now.
    static final PseudoClass EDITABLE = PseudoClass.getPseudoClass("editable");

    private final StackPane place = new StackPane();
    private final Runnable add;
    private final Runnable leave;

    /// @param add opens the palette
    /// @param leave shows the list of dashboards
    DashboardNotes(Runnable add, Runnable leave) {
        this.add = add;
        this.leave = leave;
        place.setPickOnBounds(false);
    }

    Node node() {
        return place;
    }

    /// @param unavailable why the dashboard cannot be had, or null
    /// @param missing whether nothing of it was kept on this computer
    void show(@Nullable String unavailable, boolean joined, boolean missing, boolean widgets, boolean mayEdit) {
        if (unavailable != null) {
            set(note(Feather.SLASH, unavailable, button("Show all dashboards", "leave", leave)));
        } else if (widgets) {
            place.getChildren().clear();
        } else if (!joined && missing) {
            set(note(Feather.CLOCK,
                    "Waiting for the dashboard. It was not opened on this computer before, so it needs the server.",
                    null));
        } else if (!joined && !mayEdit) {
            set(note(Feather.CLOCK, "Waiting for the dashboard", null));
        } else if (mayEdit) {
            set(note(Feather.ACTIVITY, "This dashboard is empty. Add a chart, a metric or a table of live data.",
                    button("Add widget", "first-widget", add)));
        } else {
            set(note(Feather.ACTIVITY, "This dashboard is empty.", null));
        }
    }

    private void set(Node note) {
        place.getChildren().setAll(note);
    }

    private static Node note(Feather icon, String sentence, @Nullable Button next) {
        Label label = new Label(sentence);
        label.setWrapText(true);
        VBox box = new VBox(Icons.of(icon), label);
        if (next != null) {
            box.getChildren().add(next);
        }
        box.getStyleClass().addAll(Styles.EMPTY, "wf-note");
        box.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        return box;
    }

    private static Button button(String name, String id, Runnable action) {
        Button button = new Button(name);
        button.setId(id);
        button.getStyleClass().add(Styles.ACCENT);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
