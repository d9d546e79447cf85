package io.watchfloor.client.view.list;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.DashboardRow;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// One row of the list: opens its dashboard, or asks whether to delete it. FX thread only.
final class DashboardRowView extends HBox {

    private static final long JUST_NOW = 60_000;

    private final DashboardRow row;
    private final boolean deleting;
    private final Label detail = new Label();
    private final Button keep = new Button("Keep");

    DashboardRowView(DashboardListModel model, DashboardRow row, boolean deleting) {
        this.row = row;
        this.deleting = deleting;
        getStyleClass().addAll(Styles.LIST_ROW, "wf-dashboard-row");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        if (deleting) {
            askToDelete(model, space);
        } else {
            offer(model, space);
        }
    }

    private void offer(DashboardListModel model, Region space) {
        Label title = new Label(PlainText.line(row.title()));
        title.getStyleClass().add(Styles.STRONG);
        detail.getStyleClass().add(Styles.CAPTION);
        VBox text = new VBox(title, detail);
        text.getStyleClass().add("wf-row-text");
        getChildren().addAll(Icons.of(Feather.LAYOUT), text, space);
        if (row.right() == Right.VIEW) {
            Label readOnly = new Label("View only");
            readOnly.getStyleClass().add("wf-badge");
            getChildren().add(readOnly);
        }
        if (DashboardListModel.mayDelete(row)) {
            Button delete = new Button("", Icons.of(Feather.TRASH_2));
            delete.getStyleClass().add(Styles.ICON_BUTTON);
            delete.setAccessibleText("Delete " + PlainText.line(row.title()));
            delete.setTooltip(new Tooltip("Delete"));
            delete.setOnAction(_ -> model.ask(row.id()));
            getChildren().add(delete);
        }
        setFocusTraversable(true);
        setAccessibleText("Open " + PlainText.line(row.title()));
        setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY) {
                model.open(row);
            }
        });
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getTarget() != this) {
                return;
            }
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                model.open(row);
                event.consume();
            } else if (event.getCode() == KeyCode.DELETE && DashboardListModel.mayDelete(row)) {
                model.ask(row.id());
                event.consume();
            }
        });
    }

    private void askToDelete(DashboardListModel model, Region space) {
        Label question = new Label(
                "Delete '" + PlainText.line(row.title()) + "' for everybody? It cannot be brought back.");
        question.setWrapText(true);
        Button delete = new Button("Delete");
        delete.getStyleClass().add(Styles.DANGER);
        delete.setOnAction(_ -> model.delete(row.id()));
        keep.setOnAction(_ -> model.ask(null));
        getChildren().addAll(question, space, keep, delete);
        addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.ask(null);
                event.consume();
            }
        });
    }

    boolean shows(DashboardRow other, boolean asking) {
        return row.equals(other) && deleting == asking;
    }

    void focusQuestion() {
        keep.requestFocus();
    }

    /// Writes who made it and how long ago it was changed.
    void age(long now) {
        long age = now - row.changedAt();
        String when = age < JUST_NOW ? "changed just now" : "changed " + Ages.text(age) + " ago";
        detail.setText(row.owner() == null ? "Made by the server, " + when : "By " + row.owner() + ", " + when);
    }
}
