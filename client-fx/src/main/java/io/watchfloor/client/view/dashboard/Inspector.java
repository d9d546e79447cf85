package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.SeriesEntry;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Shows one widget's properties for editing. What is typed counts with Enter or when the field is left. It is made anew
/// when somebody changes the widget, unless a field of it is being typed in. FX thread only.
final class Inspector {

    private final SidePanel panel;
    private final DashboardEditor editor;
    private final Known known;
    private final DescriptionField description;
    private Widget widget;

    /// What the dashboard shows already.
    interface Known {

        /// Series that could be shown.
        Collection<SeriesKey> series();

        /// Names of the columns that a table's data have; none while it shows none.
        List<String> columns(ElementId table);
    }

    Inspector(Widget widget, DashboardEditor editor, WidgetSources sources, Known known, Runnable close) {
        this.widget = widget;
        description = new DescriptionField(widget.id(), sources);
        this.editor = editor;
        this.known = known;
        panel = new SidePanel("Widget", close);
        fill();
    }

    Node node() {
        return panel.node();
    }

    ElementId id() {
        return widget.id();
    }

    /// Follows nothing any more.
    void close() {
        description.close();
    }

    /// The widget has changed, here or elsewhere.
    void show(Widget next) {
        boolean same = next.title().equals(widget.title()) && next.series().equals(widget.series())
                && next.columns().equals(widget.columns())
                && next.unit().equals(widget.unit()) && next.thresholds().equals(widget.thresholds())
                && Objects.equals(next.query(), widget.query());
        widget = next;
        if (!same && !isTypedIn()) {
            fill();
        }
    }

    private boolean isTypedIn() {
        Scene scene = panel.node().getScene();
        return scene != null && scene.getFocusOwner() instanceof TextInputControl field
                && GridSelection.isIn(field, panel.node());
    }

    private void fill() {
        List<Node> parts = new ArrayList<>();
        TextField title = new TextField(widget.title());
        title.setId("inspect-title");
        commit(title, text -> {
            if (!text.isEmpty() && !text.equals(widget.title())) {
                editor.rename(widget.id(), text);
            }
        });
        parts.add(SidePanel.field("Title", title));
        parts.add(SidePanel.field("Description", description.node()));
        switch (widget.kind()) {
            case Properties.KIND_CHART -> {
                parts.add(seriesList());
                parts.add(unit());
                parts.add(thresholds());
            }
            case Properties.KIND_METRIC -> {
                parts.add(SidePanel.field("Series", query(widget.id(), widget.query())));
                parts.add(unit());
                parts.add(thresholds());
            }
            case Properties.KIND_TABLE -> {
                parts.add(SidePanel.field("Table", query(widget.id(), widget.query())));
                parts.add(new ColumnsField(widget, known.columns(widget.id()),
                        names -> editor.showColumns(widget, names)).node());
            }
            case Properties.KIND_TEXT -> {}
            default -> {
                Label unknown = new Label("The rest of it needs a newer Watchfloor.");
                unknown.getStyleClass().add(Styles.CAPTION);
                unknown.setWrapText(true);
                parts.add(unknown);
            }
        }
        panel.content().getChildren().setAll(parts);
    }

    private Node query(ElementId element, @Nullable Query now) {
        SeriesField field = new SeriesField(now == null ? "" : now.text(), this::suggestions, text -> {
            Query query = SeriesText.parse(widget.kind(), text);
            if (!query.equals(now)) {
                editor.setQuery(element, query);
            }
        });
        field.text().setId("inspect-query");
        return field.node();
    }

    private List<String> suggestions(String typed) {
        return widget.kind().equals(Properties.KIND_TABLE)
                ? SeriesText.TABLES
                : SeriesText.suggestions(known.series(), typed);
    }

    private Node seriesList() {
        VBox list = new VBox();
        list.getStyleClass().add("wf-series-list");
        for (SeriesEntry entry : widget.series()) {
            TextField legend = new TextField(entry.legend());
            legend.setPromptText("Legend, as in {{core}}");
            legend.setAccessibleText("Legend");
            commit(legend, text -> {
                if (!text.equals(entry.legend())) {
                    editor.setLegend(entry.id(), text);
                }
            });
            Button remove = new Button("", Icons.of(Feather.TRASH_2));
            remove.getStyleClass().add(Styles.ICON_BUTTON);
            remove.setAccessibleText("Remove this series");
            remove.setOnAction(_ -> editor.remove(List.of(entry.id())));
            HBox second = new HBox(legend, remove);
            second.getStyleClass().add("wf-series-second");
            HBox.setHgrow(legend, Priority.ALWAYS);
            VBox row = new VBox(query(entry.id(), entry.query()), second);
            row.getStyleClass().add("wf-series-entry");
            list.getChildren().add(row);
        }
        SeriesField more = new SeriesField("", this::suggestions, text -> {
            Query query = SeriesText.parse(widget.kind(), text);
            panel.node().requestFocus();
            editor.addSeries(widget.id(), new WidgetDraft.SeriesDraft(query, ""));
        });
        more.text().setId("inspect-add-series");
        more.text().setPromptText("Add a series");
        list.getChildren().add(more.node());
        return SidePanel.field("Series", list);
    }

    private Node unit() {
        ComboBox<Unit> units = new ComboBox<>();
        units.getItems().setAll(Unit.values());
        units.setValue(Unit.of(widget.unit()));
        units.setMaxWidth(Double.MAX_VALUE);
        units.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable Unit unit) {
                return unit == null ? "" : unit.property();
            }

            @Override
            public Unit fromString(String text) {
                return Unit.of(text);
            }
        });
        units.setOnAction(_ -> {
            if (!units.getValue().property().equals(widget.unit())) {
                editor.setUnit(widget.id(), units.getValue().property());
            }
        });
        return SidePanel.field("Unit", units);
    }

    private Node thresholds() {
        TextField warn = number(widget.thresholds().warn());
        TextField alarm = number(widget.thresholds().alarm());
        Label error = new Label();
        error.getStyleClass().add(Styles.FIELD_ERROR);
        error.setManaged(false);
        Consumer<String> set = _ -> {
            try {
                Thresholds next = new Thresholds(parse(warn.getText()), parse(alarm.getText()));
                error.setManaged(false);
                error.setText("");
                if (!next.equals(widget.thresholds())) {
                    editor.setThresholds(widget.id(), next);
                }
            } catch (NumberFormatException e) {
                error.setText("A threshold is a number, as in 80 or 0.5.");
                error.setManaged(true);
            }
        };
        commit(warn, set);
        commit(alarm, set);
        HBox both = new HBox(SidePanel.field("Amber from", warn), SidePanel.field("Red from", alarm));
        both.getStyleClass().add("wf-field-pair");
        return new VBox(both, error);
    }

    private static TextField number(@Nullable Double value) {
        return new TextField(value == null
                ? ""
                : value == Math.rint(value)
                        ? Long.toString(value.longValue())
                        : value.toString());
    }

    private static @Nullable Double parse(String text) {
        if (text.isBlank()) {
            return null;
        }
        double value = Double.parseDouble(text.strip().replace(',', '.'));
        if (!Double.isFinite(value)) {
            throw new NumberFormatException("not finite");
        }
        return value;
    }

    private static void commit(TextField field, Consumer<String> keep) {
        field.setOnAction(_ -> keep.accept(field.getText().strip()));
        field.focusedProperty().subscribe((was, is) -> {
            if (was && !is) {
                keep.accept(field.getText().strip());
            }
        });
    }
}
