package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Widget;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.text.PlainText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The columns of a table: which are shown, and in which order. FX thread only.
final class ColumnsField {

    private final List<String> given;
    private final List<String> shown;
    private final Consumer<List<String>> choose;

    /// @param given names of the columns that the table's data have
    /// @param choose told the names to show, in order; none for all that there are
    ColumnsField(Widget table, List<String> given, Consumer<List<String>> choose) {
        this.given = given;
        this.choose = choose;
        List<String> chosen = table.shownColumns();
        this.shown = chosen.stream().noneMatch(given::contains) ? given : chosen;
    }

    Node node() {
        if (given.isEmpty()) {
            Label later = new Label("They can be chosen once the table shows data.");
            later.getStyleClass().add(Styles.CAPTION);
            later.setWrapText(true);
            return SidePanel.field("Columns", later);
        }
        VBox list = new VBox();
        list.getStyleClass().add("wf-columns-list");
        List<String> names = new ArrayList<>(shown.stream().filter(given::contains).toList());
        int last = names.size() - 1;
        given.stream().filter(name -> !names.contains(name)).forEach(names::add);
        for (int i = 0; i < names.size(); i++) {
            list.getChildren().add(row(names.get(i), i, last));
        }
        return SidePanel.field("Columns", list);
    }

    private Node row(String name, int place, int last) {
        boolean on = place <= last;
        CheckBox box = new CheckBox(PlainText.line(name));
        box.setMnemonicParsing(false);
        box.setSelected(on);
        box.setDisable(on && last == 0); // one at least
        box.setMaxWidth(Double.MAX_VALUE);
        box.setOnAction(_ -> {
            List<String> next = new ArrayList<>(shown);
            if (box.isSelected()) {
                next.add(name);
            } else {
                next.remove(name);
            }
            take(next);
        });
        HBox row = new HBox(box);
        HBox.setHgrow(box, Priority.ALWAYS);
        row.getStyleClass().add("wf-column-row");
        if (on) {
            row.getChildren().addAll(mover(name, Feather.CHEVRON_UP, "up", -1, place == 0),
                    mover(name, Feather.CHEVRON_DOWN, "down", 1, place == last));
        }
        return row;
    }

    private Button mover(String name, Feather icon, String where, int by, boolean atTheEnd) {
        Button button = new Button("", Icons.of(icon));
        button.getStyleClass().add(Styles.ICON_BUTTON);
        button.setId("move-" + name + "-" + where);
        button.setAccessibleText("Move " + PlainText.line(name) + " " + where);
        button.setDisable(atTheEnd);
        button.setOnAction(_ -> {
            List<String> next = new ArrayList<>(shown);
            List<String> there = next.stream().filter(given::contains).toList();
            String other = there.get(there.indexOf(name) + by);
            Collections.swap(next, next.indexOf(name), next.indexOf(other));
            take(next);
        });
        return button;
    }

    /// All columns as they come need no choice; then those that the data will have later are shown too.
    private void take(List<String> next) {
        choose.accept(next.equals(given) ? List.of() : next);
    }
}
