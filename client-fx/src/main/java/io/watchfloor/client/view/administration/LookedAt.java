package io.watchfloor.client.view.administration;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.util.Subscription;
import org.jspecify.annotations.Nullable;

/// The row of a table that is looked at, with its panel at the side of the [Section]. Rows are known again by their names.
/// FX thread only.
final class LookedAt<R> {

    /// One row in full.
    interface Panel<R> {

        Node node();

        /// Shows the row as it is now.
        void show(R row);

        void dispose();
    }

    private final SectionModel.Choosing<R> model;
    private final TableView<R> table;
    private final Function<R, String> name;
    private final Function<R, Panel<R>> open;
    private String shown = "";
    private @Nullable Panel<R> panel;
    private boolean filling;

    LookedAt(SectionModel.Choosing<R> model, TableView<R> table, Function<R, String> name,
            Function<R, Panel<R>> open) {
        this.model = model;
        this.table = table;
        this.name = name;
        this.open = open;
    }

    /// @param otherwise beside the table where no row is looked at; null for nothing
    /// @return ends it
    Subscription start(Section section, @Nullable Node otherwise) {
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.choose(null);
            }
        });
        return Subscription.combine(table.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (!filling) {
                model.choose(row);
            }
        }), model.chosenProperty().subscribe(row -> show(row, section, otherwise)), this::close);
    }

    /// Fills the table; the row that is looked at stays the same.
    void fill(List<R> rows) {
        filling = true;
        table.getItems().setAll(rows);
        filling = false;
        select(model.chosenProperty().get());
    }

    /// Shows it as it is now, where something else was tried with it, or time has passed.
    void showAgain() {
        R row = model.chosenProperty().get();
        if (panel != null && row != null) {
            panel.show(row);
        }
    }

    private void select(@Nullable R chosen) {
        filling = true;
        table.getItems().stream().filter(row -> chosen != null && name.apply(row).equals(name.apply(chosen)))
                .findFirst().ifPresentOrElse(row -> table.getSelectionModel().select(row),
                        () -> table.getSelectionModel().clearSelection());
        filling = false;
    }

    private void show(@Nullable R row, Section section, @Nullable Node otherwise) {
        if (panel != null && row != null && shown.equals(name.apply(row))) {
            panel.show(row);
            return;
        }
        close();
        Panel<R> opened = row == null ? null : open.apply(row);
        panel = opened;
        shown = row == null ? "" : name.apply(Objects.requireNonNull(row));
        section.side(opened == null ? otherwise : opened.node());
        select(row);
    }

    private void close() {
        if (panel != null) {
            panel.dispose();
            panel = null;
        }
    }
}
