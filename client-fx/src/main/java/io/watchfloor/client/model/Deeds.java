package io.watchfloor.client.model;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What entries of the log did, as the rest of a sentence: `moved 3 widgets and renamed 'CPU'`. For one use.
final class Deeds {

    private final WidgetReader reader;
    private final Function<ElementId, String> names;
    private final Set<ElementId> added = new LinkedHashSet<>();
    private final Set<ElementId> removed = new LinkedHashSet<>();
    private final Set<ElementId> moved = new LinkedHashSet<>();
    private final Set<ElementId> renamed = new LinkedHashSet<>();
    private final Set<ElementId> data = new LinkedHashSet<>();
    private final Set<ElementId> other = new LinkedHashSet<>();
    private final Set<ElementId> written = new LinkedHashSet<>();
    private boolean dashboardRenamed;
    private boolean dashboardChanged;

    Deeds(WidgetReader reader, Function<ElementId, String> names) {
        this.reader = reader;
        this.names = names;
    }

    String of(List<Entry> entries) {
        entries.forEach(entry -> entry.operations().forEach(this::note));
        for (Set<ElementId> changed : List.of(moved, renamed, data, written, other)) {
            changed.removeAll(added);
            changed.removeAll(removed);
        }
        Set<ElementId> both = new HashSet<>(added);
        both.retainAll(removed);
        added.removeAll(both);
        other.removeAll(data);
        List<String> deeds = new ArrayList<>();
        say(deeds, "added", added);
        say(deeds, "removed", removed);
        say(deeds, "moved", moved);
        say(deeds, "renamed", renamed);
        say(deeds, "changed the data of", data);
        say(deeds, "wrote in", written);
        say(deeds, "changed", other);
        if (dashboardRenamed) {
            deeds.add("renamed the dashboard");
        }
        if (dashboardChanged) {
            deeds.add("changed the dashboard");
        }
        return switch (deeds.size()) {
            case 0 -> "made a change";
            case 1 -> deeds.getFirst();
            default -> String.join(", ", deeds.subList(0, deeds.size() - 1)) + " and " + deeds.getLast();
        };
    }

    private void note(Operation operation) {
        switch (operation) {
            case Assignment assignment -> note(assignment);
            case TextEdit edit when edit.element().equals(ElementId.DASHBOARD) -> dashboardChanged = true;
            case TextEdit edit -> written.add(edit.element());
        }
    }

    private void note(Assignment assignment) {
        if (assignment.element().equals(ElementId.DASHBOARD)) {
            dashboardRenamed |= assignment.property().equals(Properties.TITLE);
            dashboardChanged |= !assignment.property().equals(Properties.TITLE);
            return;
        }
        for (ElementId widget : reader.touched(Set.of(new Change(assignment.element(), assignment.property())))) {
            boolean itself = widget.equals(assignment.element());
            switch (assignment.property()) {
                case Properties.EXISTS ->
                    (!itself ? data : assignment.value().equals(Value.of(false)) ? removed : added).add(widget);
                case Properties.BOUNDS -> moved.add(widget);
                case Properties.TITLE -> renamed.add(widget);
                case Properties.QUERY, Properties.ORDER, Properties.COLUMN -> data.add(widget);
                default -> other.add(widget);
            }
        }
    }

    private void say(List<String> deeds, String verb, Set<ElementId> widgets) {
        if (!widgets.isEmpty()) {
            deeds.add(verb + " "
                    + (widgets.size() == 1 ? names.apply(widgets.iterator().next()) : widgets.size() + " widgets"));
        }
    }
}
