package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.Gesture;
import io.watchfloor.client.model.SeriesEntry;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.model.WidgetDraft;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The person at one desktop: does what a step says. What is written is unlike anything that any other step writes.
/// Confined to its run's thread.
final class Person {

    /// A register of the document.
    record Place(ElementId element, String property) {}

    private static final List<String> PROPERTIES = List.of(Properties.EXISTS, Properties.TITLE, Properties.BOUNDS,
            Properties.Z, Properties.ORDER, Properties.UNIT, Properties.QUERY, Properties.LEGEND, Properties.RANGE);
    private static final List<String> UNITS = List.of("none", "percent", "bytes", "bytes/s", "seconds", "count/s");
    private static final int ROWS = 900;
    private static final int FRAME = 16;
    /// More than a script has steps.
    private static final int NOTHINGS = 100_000;

    private final SimulatedDesktop desktop;
    private final Surroundings surroundings;
    private final Hand hand;

    Person(SimulatedDesktop desktop, Surroundings surroundings) {
        this.desktop = desktop;
        this.surroundings = surroundings;
        this.hand = surroundings.parts().hand();
    }

    void does(Step step) {
        desktop.act(model -> {
            long before = desktop.ledger().edits();
            does(step, model);
            if (desktop.ledger().edits() > before) {
                surroundings.tally().count("edit " + step.verb());
            }
        });
    }

    private void does(Step step, DashboardModel model) {
        Widget widget = choose(model, step.a());
        if (widget == null || step.verb() == Verb.ADD || step.verb() == Verb.ADD_CHART) {
            add(step, model);
            return;
        }
        ElementId id = widget.id();
        switch (step.verb()) {
            case MOVE -> model.editor().place(id, bounds(step, 0));
            case MOVE_SEVERAL -> model.editor().place(several(step, model));
            case RENAME, RENAME_TOGETHER -> hand.rename(model, id, text(step));
            case SET_UNIT -> model.editor().setUnit(id, UNITS.get((int) (step.b() % UNITS.size())));
            case RAISE -> model.editor().raise(id);
            case REORDER -> reorder(model, widget);
            case ADD_SERIES -> model.editor().addSeries(id, series(step));
            case REMOVE -> model.editor().remove(List.of(id));
            case RENAME_DASHBOARD -> model.editor().renameDashboard(text(step));
            case DRAG, DRAG_BACK -> drag(step, model, id);
            case UNDO, REDO -> {
                for (int i = 0; i < step.b(); i++) {
                    shift(model, step.verb() == Verb.UNDO);
                }
            }
            case TYPE -> types(id, step, model);
            case ERASE -> erase(id, step, model);
            case BAD_VALUE -> model.editor().assign("Break " + id, id, Properties.BOUNDS, Value.of(text(step)));
            case BAD_ELEMENT -> model.editor().assign("Edit nothing", nothing(step), Properties.TITLE,
                    Value.of(text(step)));
            default -> throw new IllegalArgumentException("nobody does " + step.verb());
        }
    }

    private static ElementId nothing(Step step) {
        return new ElementId(-step.number());
    }

    /// Whether it is one that was never created.
    static boolean isNothing(ElementId element) {
        return element.bits() < 0 && element.bits() >= -NOTHINGS;
    }

    static @Nullable Widget choose(DashboardModel model, long choice) {
        List<Widget> widgets = model.widgets();
        return widgets.isEmpty() ? null : widgets.get((int) (choice % widgets.size()));
    }

    /// Renames a widget that somebody else has chosen.
    void renames(ElementId widget, String title) {
        desktop.act(model -> {
            if (model.widget(widget) != null) { // nobody renames what is not on the screen
                hand.rename(model, widget, title);
            }
        });
    }

    /// Types at the start of the long text of a widget that somebody else has chosen.
    void types(ElementId widget, Step step) {
        desktop.act(model -> types(widget, step.with(0), model));
    }

    private void types(ElementId widget, Step step, DashboardModel model) {
        if (model.widget(widget) == null) {
            return; // nobody types into what is not on the screen
        }
        String word = desktop.account().replace("person ", "p") + "n" + step.number()
                + (step.number() % 3 == 0 ? "\uD83D\uDE00 " : " ");
        int place = Typescript.between(model.replica().text(notes(widget)), step.b());
        if (model.editor().type(widget, Properties.TEXT, Delta.insert(place, word))) {
            surroundings.typescript().typed(word, desktop.account(), desktop.ledger().given());
        }
    }

    private void erase(ElementId widget, Step step, DashboardModel model) {
        String text = model.replica().text(notes(widget));
        List<String> words = Typescript.words(text);
        if (!words.isEmpty()) {
            String word = words.get((int) (step.b() % words.size()));
            surroundings.typescript().erased(word);
            model.editor().type(widget, Properties.TEXT, Delta.delete(text.indexOf(word), word.length()));
        }
    }

    private static TextId notes(ElementId widget) {
        return new TextId(widget, Properties.TEXT);
    }

    /// The long texts that are shown and not empty.
    static Map<TextId, String> texts(DashboardModel model) {
        Map<TextId, String> texts = new LinkedHashMap<>();
        for (ElementId element : model.replica().elements()) {
            String text = model.replica().text(notes(element));
            if (!text.isEmpty()) {
                texts.put(notes(element), text);
            }
        }
        return texts;
    }

    private static List<String> words(DashboardModel model) {
        return texts(model).values().stream().flatMap(text -> Typescript.words(text).stream()).toList();
    }

    private String text(Step step) {
        return desktop.account() + " " + step.number();
    }

    private static Bounds bounds(Step step, int i) {
        return new Bounds((step.number() + i) % 20, (step.number() * 13 + i) % ROWS, 2 + step.who() % 3, 3);
    }

    private static Map<ElementId, Bounds> several(Step step, DashboardModel model) {
        Map<ElementId, Bounds> places = new LinkedHashMap<>();
        for (int i = 0; i < 3; i++) {
            Widget widget = choose(model, step.a() + i);
            if (widget != null) {
                places.put(widget.id(), bounds(step, i));
            }
        }
        return places;
    }

    private static WidgetDraft.SeriesDraft series(Step step) {
        return new WidgetDraft.SeriesDraft(Query.promql("load_" + step.number()), "");
    }

    private void add(Step step, DashboardModel model) {
        boolean chart = step.verb() == Verb.ADD_CHART;
        model.editor().add(new WidgetDraft(chart ? Properties.KIND_CHART : Properties.KIND_METRIC, text(step),
                bounds(step, 0), chart ? null : Query.promql("load"), "none",
                chart ? List.of(series(step), series(step)) : List.of()));
    }

    private static void reorder(DashboardModel model, Widget chart) {
        List<SeriesEntry> series = chart.series();
        if (series.size() > 1 && FractionalIndex.isValid(series.getLast().order())) {
            model.editor().assign("Reorder", series.getFirst().id(), Properties.ORDER,
                    Value.of(FractionalIndex.between(series.getLast().order(), null)));
        }
    }

    private void drag(Step step, DashboardModel model, ElementId widget) {
        Gesture gesture = model.editor().begin(List.of(widget));
        for (int i = 0; i < step.b(); i++) {
            Bounds place = bounds(step, i);
            desktop.actLater((long) i * FRAME, () -> gesture.place(Map.of(widget, place)));
        }
        desktop.actLater(step.b() * FRAME, step.verb() == Verb.DRAG ? gesture::end : gesture::cancel);
    }

    /// Undoes or redoes a step, and sees to it that what a colleague has set stays.
    ///
    /// @return whether anything was done
    boolean shift(DashboardModel model, boolean undo) {
        Map<Place, Assignment> before = shown(model);
        Map<TextId, String> textsBefore = texts(model);
        List<String> gone = new ArrayList<>(words(model));
        if (undo) {
            hand.undo(model);
        } else {
            hand.redo(model);
        }
        Map<Place, Assignment> after = shown(model);
        boolean changed = !texts(model).equals(textsBefore);
        gone.removeAll(words(model));
        surroundings.typescript().shifted(desktop.account(), gone);
        for (Map.Entry<Place, Assignment> now : after.entrySet()) {
            Assignment old = before.get(now.getKey());
            if (old == null || !old.stamp().equals(now.getValue().stamp())) {
                changed = true;
                boolean own = old != null && (old.stamp().replica() == Stamp.PROVISIONAL_REPLICA
                        || desktop.ledger().isOwn(old.stamp().replica()));
                if (!own) {
                    surroundings.witness().violations().add("undo-not-mine",
                            desktop.account() + (undo ? " undid " : " redid ") + old + " with " + now.getValue());
                }
            }
        }
        if (changed) {
            surroundings.tally().count(undo ? "step undone" : "step redone");
        }
        return changed;
    }

    /// All that is shown on a desktop.
    static Map<Place, Assignment> shown(DashboardModel model) {
        Map<Place, Assignment> shown = new LinkedHashMap<>();
        for (ElementId element : model.replica().elements()) {
            for (String property : PROPERTIES) {
                Assignment assignment = model.replica().find(element, property);
                if (assignment != null) {
                    shown.put(new Place(element, property), assignment);
                }
            }
        }
        return shown;
    }
}
