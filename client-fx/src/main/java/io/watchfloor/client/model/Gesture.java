package io.watchfloor.client.model;

import io.watchfloor.client.sync.Edit;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A drag under way: others see it moving, and in the end it is one step that can be undone. Owner executor only.
public final class Gesture {

    private final String label;
    private final Steps steps;
    private final Map<ElementId, Step.Register> registers = new LinkedHashMap<>();
    private boolean over;

    Gesture(String label, Steps steps) {
        this.label = label;
        this.steps = steps;
        steps.begun(this);
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
        Optional<Step> made = steps.make(label, edits);
        made.ifPresent(step -> step.registers().forEach(register -> {
            Step.Register known = registers.get(register.element());
            // where a colleague has set it meanwhile, his value is the one to go back to
            boolean ownBefore = known != null && known.stamp().equals(register.stampBefore());
            registers.put(register.element(), known != null && ownBefore
                    ? known.withStamps(known.stampBefore(), register.stamp())
                    : register);
        }));
        return made.isPresent();
    }

    void replaceRegisters(UnaryOperator<Step.Register> replacing) {
        registers.replaceAll((_, register) -> replacing.apply(register));
    }

    /// Ends it as one step.
    public void end() {
        if (!over) {
            over = true;
            steps.over(this);
            if (!registers.isEmpty()) {
                steps.done(step());
            }
        }
    }

    private Step step() {
        return new Step(label, List.copyOf(registers.values()), List.of());
    }

    /// Ends it and puts everything back, where no colleague has set it since.
    public void cancel() {
        if (!over) {
            over = true;
            steps.over(this);
            steps.giveUp(step());
        }
    }
}
