package io.watchfloor.client.view.administration;

import io.watchfloor.client.theme.Styles;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// One part of the administration page: a column with a table and what went wrong above it, and beside it what is
/// looked at or a form. FX thread only.
final class Section {

    private final SectionModel model;
    private final Node first;
    private final BorderPane root = new BorderPane();
    private final VBox column = new VBox();
    private Subscription subscriptions = Subscription.EMPTY;
    private Runnable ages = () -> {};

    /// @param first has the focus at first
    Section(SectionModel model, Node first) {
        this.model = model;
        this.first = first;
        column.getStyleClass().add("wf-admin-page");
        root.setCenter(column);
    }

    /// Fills the column, in whose middle the table takes all the height there is.
    void column(List<Node> above, TableView<?> table, Node... below) {
        VBox.setVgrow(table, Priority.ALWAYS);
        ages = () -> {
            // who works in a row keeps the focus, and what the mouse rests on its hint
            if (!table.isHover() && (!table.isFocusWithin() || table.isFocused())) {
                table.refresh();
            }
        };
        column.getChildren().addAll(above);
        column.getChildren().addAll(Told.line(model.problemProperty(), Styles.ALARM_TEXT), table);
        column.getChildren().addAll(below);
    }

    /// @param node null for nothing
    void side(@Nullable Node node) {
        root.setRight(node);
    }

    /// What else tells ages, each time that the server is asked.
    void aging(Runnable more) {
        Runnable before = ages;
        ages = () -> {
            before.run();
            more.run();
        };
    }

    /// Begins to ask the server, and ends these together with the part.
    void start(Subscription... watched) {
        subscriptions = Subscription.combine(watched);
        model.refresh();
    }

    Node node() {
        return root;
    }

    /// Puts the focus where it is wanted first.
    void focus() {
        first.requestFocus();
    }

    /// Asks for what may have changed, and shows how much older the rest is.
    void refresh() {
        model.refresh();
        ages.run();
    }

    void dispose() {
        subscriptions.unsubscribe();
        model.close();
    }
}
