package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.model.PastDashboard;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.document.ElementId;
import java.net.URI;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// A dashboard as it was, over the one of now and marked as such. Its widgets show the data of now in the arrangement of
/// then; nothing in it can be changed. FX thread only.
final class PastView {

    /// What leads out of it.
    interface Actions {

        void restore();

        void backToNow();
    }

    private final WidgetSources present;
    private final BorderPane root = new BorderPane();
    private GridView grid = new GridView();

    /// @param present what the widgets of now are made with
    PastView(WidgetSources present) {
        this.present = present;
        root.getStyleClass().add("wf-past");
        root.setId("past");
        root.setVisible(false);
        root.managedProperty().bind(root.visibleProperty());
    }

    Node node() {
        return root;
    }

    boolean isOpen() {
        return root.isVisible();
    }

    /// @param range how far back charts look
    /// @param mayRestore whether the dashboard can be made to look like that again
    void show(PastDashboard past, String caption, long range, boolean mayRestore, Actions actions) {
        close();
        grid = new GridView();
        WidgetSources sources = new WidgetSources(present.live(), present.pulse(), present.now(), present.zone(),
                new PastTexts(past));
        for (Widget widget : past.widgets()) {
            WidgetCell cell = new WidgetCell(widget, sources, range);
            cell.frame().setId("past-" + widget.id());
            cell.frame().readOnlyProperty().set(true);
            grid.add(cell);
        }
        ScrollPane scroll = new ScrollPane(grid);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("wf-dashboard-scroll");
        root.setTop(bar(past.title(), caption, mayRestore, actions));
        root.setCenter(past.widgets().isEmpty() ? new StackPane(new Label("The dashboard was empty then.")) : scroll);
        root.setOnKeyPressed(event -> leave(event, actions));
        root.setVisible(true);
    }

    private static void leave(KeyEvent event, Actions actions) {
        if (event.getCode() == KeyCode.ESCAPE) {
            actions.backToNow();
            event.consume();
        }
    }

    private static Node bar(String title, String caption, boolean mayRestore, Actions actions) {
        Label heading = new Label(
                (title.isBlank() ? "The dashboard" : "'" + PlainText.line(title) + "'") + " as it was");
        heading.getStyleClass().add(Styles.STRONG);
        heading.setId("past-heading");
        Label moment = new Label(caption);
        moment.getStyleClass().add(Styles.CAPTION);
        moment.setId("past-caption");
        VBox words = new VBox(heading, moment);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        Button restore = new Button("Restore");
        restore.setId("past-restore");
        restore.setMinWidth(Region.USE_PREF_SIZE);
        restore.setOnAction(_ -> actions.restore());
        restore.setVisible(mayRestore);
        restore.setManaged(mayRestore);
        Button back = new Button("Back to now");
        back.setId("past-back");
        back.getStyleClass().add(Styles.ACCENT);
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.setOnAction(_ -> actions.backToNow());
        HBox bar = new HBox(Icons.of(Feather.CLOCK), words, restore, back);
        bar.getStyleClass().add("wf-past-bar");
        return bar;
    }

    void range(long millis) {
        grid.cells().forEach(cell -> cell.range(millis));
    }

    void close() {
        List.copyOf(grid.cells()).forEach(WidgetCell::dispose);
        grid = new GridView();
        root.setCenter(null);
        root.setTop(null);
        root.setVisible(false);
    }

    /// The long texts as they were.
    private final class PastTexts implements WidgetSources.Texts {

        private final PastDashboard past;

        PastTexts(PastDashboard past) {
            this.past = past;
        }

        @Override
        public LongText text(ElementId element, String property) {
            return past.longText(element, property);
        }

        @Override
        public boolean mayEdit() {
            return false;
        }

        @Override
        public Registration listen(Runnable listener) {
            return () -> {};
        }

        @Override
        public void follow(URI link) {
            present.texts().follow(link);
        }
    }
}
