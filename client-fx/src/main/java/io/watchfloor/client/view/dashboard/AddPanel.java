package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The palette: which kind of widget, and of which data. One choice from the list and it stands on the dashboard. FX
/// thread only.
final class AddPanel {

    private final SidePanel panel;
    private final VBox place = new VBox();
    private final Label explanation = new Label();
    private final DashboardEditor editor;
    private final Supplier<Collection<SeriesKey>> known;
    private final IntSupplier row;
    private final Consumer<ElementId> added;
    private String kind = Properties.KIND_CHART;

    /// @param known series that could be shown
    /// @param row uppermost row in sight: near it the widget is put
    /// @param added told the new widget
    AddPanel(DashboardEditor editor, Supplier<Collection<SeriesKey>> known, IntSupplier row, Consumer<ElementId> added,
            Runnable close) {
        this.editor = editor;
        this.known = known;
        this.row = row;
        this.added = added;
        panel = new SidePanel("Add a widget", close);
        ToggleGroup kinds = new ToggleGroup();
        HBox choice = new HBox(kind(kinds, "Chart", Feather.ACTIVITY, Properties.KIND_CHART),
                kind(kinds, "Metric", Feather.HASH, Properties.KIND_METRIC),
                kind(kinds, "Table", Feather.LIST, Properties.KIND_TABLE),
                kind(kinds, "Note", Feather.FILE_TEXT, Properties.KIND_TEXT));
        choice.getStyleClass().add("wf-kinds");
        explanation.getStyleClass().add(Styles.CAPTION);
        explanation.setWrapText(true);
        panel.content().getChildren().addAll(choice, place, explanation);
        choose(Properties.KIND_CHART);
    }

    Node node() {
        return panel.node();
    }

    private ToggleButton kind(ToggleGroup kinds, String name, Feather icon, String value) {
        ToggleButton button = new ToggleButton(name, Icons.of(icon));
        button.setId("add-" + value);
        button.setToggleGroup(kinds);
        button.setSelected(value.equals(kind));
        button.getStyleClass().add("wf-kind");
        button.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(button, Priority.ALWAYS);
        button.setOnAction(_ -> {
            button.setSelected(true);
            choose(value);
        });
        return button;
    }

    private void choose(String value) {
        kind = value;
        if (value.equals(Properties.KIND_TEXT)) {
            chooseNote();
            return;
        }
        boolean table = value.equals(Properties.KIND_TABLE);
        SeriesField field = new SeriesField("", this::suggestions, this::add);
        field.text().setId("add-series");
        field.text().setPromptText(table ? "Find a table" : "Find a series, or write a query");
        place.getChildren().setAll(SidePanel.field(table ? "Table" : "Series", field.node()));
        field.keepOpen();
        explanation.setText(switch (value) {
            case Properties.KIND_CHART ->
                "Draws each series that matches over time. A series is named by its name and labels, as in"
                        + " cpu_usage_percent{core=\"total\"}.";
            case Properties.KIND_METRIC -> "Shows the newest value as one great figure.";
            default -> "Shows a list of the server's own machine, replaced every few seconds.";
        });
        if (place.getScene() != null) {
            field.text().requestFocus();
        }
    }

    private void chooseNote() {
        Button add = new Button("Add a note");
        add.setId("add-note");
        add.getStyleClass().add(Styles.ACCENT);
        add.setOnAction(_ -> addNote());
        place.getChildren().setAll(add);
        explanation.setText("Text for everybody who looks at this wall. Several people can write in it at once."
                + " **Bold**, *italic*, # headings, - lists, `code` and links are shown as such.");
    }

    private void addNote() {
        ElementId id = editor
                .add(new WidgetDraft(Properties.KIND_TEXT, "Note", new Bounds(0, row(), 6, 5), null, "none",
                        List.of()));
        if (id != null) {
            added.accept(id);
        }
    }

    private int row() {
        return Math.min(row.getAsInt(), Bounds.MAX_ROWS - 8);
    }

    void focus() {
        place.lookupAll(".text-field").forEach(Node::requestFocus);
    }

    private List<String> suggestions(String typed) {
        if (kind.equals(Properties.KIND_TABLE)) {
            String wanted = typed.strip().toLowerCase(Locale.ROOT);
            return SeriesText.TABLES.stream().filter(table -> table.contains(wanted)).toList();
        }
        return SeriesText.suggestions(known.get(), typed);
    }

    private void add(String text) {
        Query query = SeriesText.parse(kind, text);
        String title = SeriesText.title(query);
        int y = row();
        ElementId id = editor.add(switch (kind) {
            case Properties.KIND_METRIC -> new WidgetDraft(kind, title, new Bounds(0, y, 4, 4), query,
                    SeriesText.unit(query), List.of());
            case Properties.KIND_TABLE ->
                new WidgetDraft(kind, title, new Bounds(0, y, 12, 8), query, "none", List.of());
            default -> new WidgetDraft(kind, title, new Bounds(0, y, 8, 6), null, SeriesText.unit(query),
                    List.of(new WidgetDraft.SeriesDraft(query, "")));
        });
        if (id != null) {
            added.accept(id);
        }
    }
}
