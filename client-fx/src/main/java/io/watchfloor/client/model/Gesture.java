package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A drag under way: others see it moving, and in the end it is one step that can be undone. Owner executor only.
public final class Gesture {

    private final String label;
    private final Steps steps;
    private final Map<ElementId, Steps.Register> registers = new LinkedHashMap<>();
    private boolean over;

    Gesture(String label, Steps steps) {
        this.label = label;
        this.steps = steps;
    }

    /// Places widgets, as often as the pointer moves; about 30 times a second are sent. Does nothing once it is over.
    ///
    /// @return whether the right allows it
    public boolean place(Map<ElementId, Bounds> places) {
        if (over || places.isEmpty()) {
            return !over;
        }
        List<Edit> edits = new ArrayList<>();
        places.forEach((id, bounds) -> edits.add(new Edit(id, Properties.BOUNDS, bounds.toValue())));
        Optional<Steps.Step> made = steps.make(label, edits);
        made.ifPresent(step -> step.registers().forEach(register -> {
            Steps.Register first = registers.getOrDefault(register.element(), register);
            Stamp last = register.stamp();
            registers.put(register.element(), first.withStamps(first.stampBefore(), last));
        }));
        return made.isPresent();
    }

    /// Ends it as one step.
    public void end() {
        if (!over) {
            over = true;
            if (!registers.isEmpty()) {
                steps.done(new Steps.Step(label, List.copyOf(registers.values())));
            }
        }
    }

    /// Ends it and puts everything back.
    public void cancel() {
        if (!over) {
            end();
            if (!registers.isEmpty()) {
                steps.undo();
                steps.forgetRedo();
            }
        }
    }
}
