package io.watchfloor.client.model;

import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextDifference;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.sample.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Edits an open dashboard. Each edit is one named step, which others see at once and which can be undone. Where the
/// right does not allow editing, an edit does nothing and answers so.
///
/// Owner executor only.
public final class DashboardEditor {

    private final DashboardReplica replica;
    private final DashboardModel model;
    private final RandomGenerator random;
    private final Steps steps;
    private final Typing typing;

    DashboardEditor(DashboardReplica replica, DashboardModel model, RandomGenerator random, Runnable stepsChanged) {
        this.replica = replica;
        this.model = model;
        this.random = random;
        this.steps = new Steps(replica, stepsChanged);
        this.typing = new Typing(steps, model::serverTime);
    }

    Steps steps() {
        return steps;
    }

    public boolean canEdit() {
        return replica.right().compareTo(Right.EDIT) >= 0;
    }

    /// Sets one property.
    ///
    /// @param label the step's name, as in "Rename 'CPU'"
    /// @return whether the right allows it
    public boolean assign(String label, ElementId element, String property, Value value) {
        return make(label, List.of(new Edit(element, property, value)));
    }

    private boolean make(String label, List<Edit> edits) {
        Optional<Step> made = steps.make(label, edits);
        made.ifPresent(steps::done);
        return made.isPresent();
    }

    public boolean renameDashboard(String title) {
        return assign("Rename the dashboard", ElementId.DASHBOARD, Properties.TITLE, Value.of(title));
    }

    /// @param seconds how far back charts look
    public boolean setRange(long seconds) {
        return assign("Change the time range", ElementId.DASHBOARD, Properties.RANGE, Value.of(seconds));
    }

    public boolean rename(ElementId widget, String title) {
        return assign("Rename " + name(widget), widget, Properties.TITLE, Value.of(title));
    }

    public boolean place(ElementId widget, Bounds bounds) {
        return place(Map.of(widget, bounds));
    }

    /// Moves or resizes several widgets in one step.
    public boolean place(Map<ElementId, Bounds> places) {
        return make(placeLabel(places.keySet()), placeEdits(places));
    }

    private String placeLabel(Collection<ElementId> widgets) {
        return "Move " + names(widgets);
    }

    private static List<Edit> placeEdits(Map<ElementId, Bounds> places) {
        List<Edit> edits = new ArrayList<>();
        places.forEach((id, bounds) -> edits.add(new Edit(id, Properties.BOUNDS, bounds.toValue())));
        return edits;
    }

    public boolean setQuery(ElementId element, Query query) {
        return assign("Change the data of " + name(element), element, Properties.QUERY, ElementForms.of(query));
    }

    /// @param unit one of those in [Properties#UNIT]
    public boolean setUnit(ElementId widget, String unit) {
        return assign("Change the unit of " + name(widget), widget, Properties.UNIT, Value.of(unit));
    }

    public boolean setLegend(ElementId element, String legend) {
        return assign("Change the legend of " + name(element), element, Properties.LEGEND, Value.of(legend));
    }

    public boolean setThresholds(ElementId widget, Thresholds thresholds) {
        return assign("Change the thresholds of " + name(widget), widget, Properties.THRESHOLDS,
                ElementForms.of(thresholds));
    }

    public boolean setAxis(ElementId widget, Axis axis) {
        return assign("Change the axis of " + name(widget), widget, Properties.AXIS, ElementForms.of(axis));
    }

    /// Brings a widget above all others.
    public boolean raise(ElementId widget) {
        List<Widget> others = model.widgets().stream().filter(other -> !other.id().equals(widget)).toList();
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit(widget, Properties.Z, Value.of(ListOrder.last(keys(others), edits))));
        return make("Raise " + name(widget), edits);
    }

    private static List<ListOrder.Place> keys(List<Widget> widgets) {
        return widgets.stream().map(w -> new ListOrder.Place(w.id(), Properties.Z, w.z())).toList();
    }

    /// Makes a widget on the nearest free place, above all others.
    ///
    /// @return its id, or null where nothing was made because the right does not allow it
    public @Nullable ElementId add(WidgetDraft draft) {
        List<Bounds> occupied = model.widgets().stream().map(Widget::bounds).toList();
        Bounds bounds = Grid.nearestFree(draft.bounds(), occupied).orElse(draft.bounds());
        ElementId id = newId();
        List<Edit> edits = new ArrayList<>(creation(id, draft.kind(), ElementId.DASHBOARD));
        edits.add(new Edit(id, Properties.TITLE, Value.of(draft.title())));
        edits.add(new Edit(id, Properties.BOUNDS, bounds.toValue()));
        edits.add(new Edit(id, Properties.UNIT, Value.of(draft.unit())));
        if (draft.query() != null) {
            edits.add(new Edit(id, Properties.QUERY, ElementForms.of(draft.query())));
        }
        edits.add(new Edit(id, Properties.Z, Value.of(ListOrder.last(keys(model.widgets()), edits))));
        List<ListOrder.Place> entries = new ArrayList<>();
        for (WidgetDraft.SeriesDraft entry : draft.series()) {
            ElementId child = newId();
            String order = ListOrder.last(entries, edits);
            entries.add(new ListOrder.Place(child, Properties.ORDER, order));
            edits.addAll(entry(child, id, entry, order));
        }
        return make("Add '" + draft.title() + "'", edits) ? id : null;
    }

    /// Adds a series entry below those of a chart.
    ///
    /// @return its id, or null where nothing was made because the right does not allow it
    public @Nullable ElementId addSeries(ElementId chart, WidgetDraft.SeriesDraft draft) {
        Widget widget = model.widget(chart);
        List<ListOrder.Place> entries = widget == null
                ? List.of()
                : widget.series().stream().map(e -> new ListOrder.Place(e.id(), Properties.ORDER, e.order())).toList();
        ElementId id = newId();
        List<Edit> edits = new ArrayList<>();
        String order = ListOrder.last(entries, edits);
        edits.addAll(entry(id, chart, draft, order));
        return make("Add a series to " + name(chart), edits) ? id : null;
    }

    private static List<Edit> entry(ElementId id, ElementId chart, WidgetDraft.SeriesDraft draft, String order) {
        List<Edit> edits = new ArrayList<>(creation(id, Properties.KIND_SERIES, chart));
        edits.add(new Edit(id, Properties.ORDER, Value.of(order)));
        edits.add(new Edit(id, Properties.QUERY, ElementForms.of(draft.query())));
        edits.add(new Edit(id, Properties.LEGEND, Value.of(draft.legend())));
        return edits;
    }

    static List<Edit> creation(ElementId id, String kind, ElementId parent) {
        return List.of(new Edit(id, Properties.EXISTS, Value.of(true)),
                new Edit(id, Properties.KIND, Value.of(kind)),
                new Edit(id, Properties.PARENT, Value.of(parent.toString())));
    }

    /// Chooses the columns of a table.
    ///
    /// @param names of the columns to show, in order; none for all that there are
    /// @return whether the right allows it
    public boolean showColumns(Widget table, List<String> names) {
        return make("Choose the columns of " + name(table.id()), ColumnEdits.of(table, names, this::newId));
    }

    /// Removes widgets, or series entries, in one step.
    public boolean remove(Collection<ElementId> elements) {
        return make("Remove " + names(elements),
                elements.stream().map(id -> new Edit(id, Properties.EXISTS, Value.of(false))).toList());
    }

    /// Makes an edit of one's own again that is not in force, as a step of its own.
    ///
    /// @return whether the right allows it
    public boolean again(MergeReport.Item item) {
        List<Step.Register> registers = new ArrayList<>();
        List<Step.Typed> typed = new ArrayList<>();
        if (!item.edits().isEmpty()) {
            steps.make(item.label(), item.edits()).ifPresent(made -> registers.addAll(made.registers()));
        }
        for (MergeReport.Passage passage : item.passages()) {
            String now = replica.text(passage.text());
            Delta delta = passage.whole()
                    ? TextDifference.between(now, passage.content())
                    : Delta.insert(now.length(), passage.content());
            steps.type(item.label(), passage.text(), delta).ifPresent(made -> typed.addAll(made.typed()));
        }
        Step step = new Step(item.label(), registers, typed);
        if (step.isEmpty()) {
            return false;
        }
        steps.done(step);
        return true;
    }

    /// Types into a long text. What is typed without a pause at one place is one step.
    ///
    /// @param label the step's name, as in "Type in 'Notes'"
    /// @param delta on the shown text
    /// @return false where nothing was done, because the right does not allow it or the text would become too long
    /// @throws IllegalArgumentException where the delta does not fit the shown text
    public boolean editText(String label, ElementId element, String property, Delta delta) {
        return typing.type(label, new TextId(element, property), delta);
    }

    /// Types into the long text of a widget; the step is named after the widget.
    ///
    /// @param property [Properties#TEXT] or [Properties#DESCRIPTION]
    public boolean type(ElementId widget, String property, Delta delta) {
        return editText((property.equals(Properties.DESCRIPTION) ? "Describe " : "Type in ") + name(widget), widget,
                property, delta);
    }

    void textChanged(TextId text, Delta delta) {
        steps.textChanged(text, delta);
        typing.textChanged(text, delta);
    }

    /// Makes removed widgets exist again, in one step.
    ///
    /// @param names what they are called, for the name of the step
    public boolean bringBack(String names, Collection<ElementId> elements) {
        return make("Bring back " + names,
                elements.stream().map(id -> new Edit(id, Properties.EXISTS, Value.of(true))).toList());
    }

    /// Begins a drag: as many moves as the pointer makes, one step in the end.
    public Gesture begin(Collection<ElementId> widgets) {
        return new Gesture(placeLabel(widgets), steps);
    }

    /// Reverts the latest step that is still in force.
    ///
    /// @return what a person should know, as a sentence; empty where all went as expected
    public Optional<String> undo() {
        return steps.undo();
    }

    /// Makes the last undone step again.
    ///
    /// @return what a person should know, as a sentence; empty where all went as expected
    public Optional<String> redo() {
        return steps.redo();
    }

    /// Name of the step that [#undo] would revert.
    public Optional<String> undoLabel() {
        return steps.undoLabel();
    }

    /// Name of the step that [#redo] would make again.
    public Optional<String> redoLabel() {
        return steps.redoLabel();
    }

    private ElementId newId() {
        ElementId id = new ElementId(random.nextLong());
        return id.equals(ElementId.DASHBOARD) || replica.elements().contains(id) ? newId() : id;
    }

    private String names(Collection<ElementId> elements) {
        return elements.size() == 1 ? name(elements.iterator().next()) : elements.size() + " widgets";
    }

    private String name(ElementId element) {
        Widget widget = model.widget(element);
        if (element.equals(ElementId.DASHBOARD)) {
            return "the dashboard";
        }
        return widget == null ? "a series" : widget.title().isBlank() ? "a widget" : "'" + widget.title() + "'";
    }
}
