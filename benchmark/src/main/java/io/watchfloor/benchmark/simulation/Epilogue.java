package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.Widget;
import io.watchfloor.document.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// What people do once all is quiet, to see that undo still keeps its rules after all that has happened. Confined to its
/// run's thread.
final class Epilogue {

    private static final int STEPS = 12;

    private final World world;
    private final List<SimulatedDesktop> desktops;
    private final List<Person> people;
    private final Run.Violations violations;
    private final Tally tally;

    Epilogue(World world, List<SimulatedDesktop> desktops, List<Person> people, Run.Violations violations,
            Tally tally) {
        this.world = world;
        this.desktops = desktops;
        this.people = people;
        this.violations = violations;
        this.tally = tally;
    }

    void play(SplittableRandom random) {
        int who = random.nextInt(desktops.size());
        undoAllRedoAll(who);
        if (world.becomesQuiet()) {
            renameAndUndo((who + 1) % desktops.size());
        }
    }

    private static Map<Person.Place, Value> values(DashboardModel model) {
        Map<Person.Place, Value> values = new LinkedHashMap<>();
        Person.shown(model).forEach((place, assignment) -> values.put(place, assignment.value()));
        Person.texts(model).forEach((id, text) -> values.put(new Person.Place(id.element(), id.property()),
                Value.of(text)));
        return values;
    }

    private void undoAllRedoAll(int who) {
        SimulatedDesktop desktop = desktops.get(who);
        DashboardModel model = desktop.model();
        if (model == null) {
            return;
        }
        Map<Person.Place, Value> before = values(model);
        int undone = 0;
        for (int i = 0; i < STEPS && model.editor().undoLabel().isPresent(); i++) {
            undone += people.get(who).shift(model, true) ? 1 : 0;
        }
        for (int i = 0; i < undone; i++) {
            people.get(who).shift(model, false);
        }
        tally.count("undo all, redo all", undone);
        if (!values(model).equals(before)) {
            violations.add("undo-redo-changes",
                    desktop.account() + " undid and redid " + undone + " steps; before: " + before + "; after: "
                            + values(model));
        }
    }

    private void renameAndUndo(int who) {
        DashboardModel model = desktops.get(who).model();
        Widget widget = model == null ? null : Person.choose(model, who);
        if (model == null || widget == null) {
            return;
        }
        people.get(who).renames(widget.id(), "for a moment");
        if (world.becomesQuiet()) {
            people.get(who).shift(model, true);
            if (world.becomesQuiet()) {
                Widget after = model.widget(widget.id());
                check(widget, after);
            }
        }
    }

    private void check(Widget before, @Nullable Widget after) {
        if (after == null || !after.title().equals(before.title())) {
            violations.add("undo-left-out", "a rename of " + before + " was undone, and left " + after);
        }
    }
}
