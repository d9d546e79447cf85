package io.watchfloor.client.model;

import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One edit under its name, with what takes it back. Immutable.
record Step(String label, List<Register> registers, List<Typed> typed) {

    /// A property that a step has set.
    ///
    /// @param before its value before, or null where it was never set
    /// @param stampBefore of that value
    /// @param stamp of the step's value
    record Register(ElementId element, String property, @Nullable Value before, @Nullable Stamp stampBefore,
            Stamp stamp) {

        Register withStamps(@Nullable Stamp earlier, Stamp own) {
            return new Register(element, property, before, earlier, own);
        }

        boolean isOf(ElementId other, String otherProperty) {
            return element.equals(other) && property.equals(otherProperty);
        }

        boolean isCreation() {
            return property.equals(Properties.EXISTS) && before == null;
        }
    }

    /// What a step has typed.
    ///
    /// @param inverse takes it back, on the text as it is once all later steps are undone; empty where others have taken
    /// it away
    record Typed(TextId text, Delta inverse) {}

    Step {
        registers = List.copyOf(registers);
        typed = List.copyOf(typed);
    }

    boolean isEmpty() {
        return registers.isEmpty() && typed.isEmpty();
    }

    /// The elements that came to be by this step.
    Set<ElementId> created() {
        return registers.stream().filter(Register::isCreation).map(Register::element)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /// Whether this step is typing in a text and nothing else.
    boolean hasTyped(TextId text) {
        return registers.isEmpty() && typed.stream().anyMatch(part -> part.text.equals(text));
    }

    /// This step where only part of it is in force: its name tells so, as in "Move 4 of 5 widgets".
    Step onlyIn(List<Register> inForce, List<Typed> texts) {
        long all = registers.stream().map(Register::element).distinct().count();
        long left = inForce.stream().map(Register::element).distinct().count();
        String name = left == all ? label : label.replace(all + " widgets", left + " of " + all + " widgets");
        return new Step(name, inForce, texts);
    }

    /// This step and typing that goes on with it, as one.
    Step followedBy(Step typing) {
        Typed first = typed.getFirst();
        Typed second = typing.typed.getFirst();
        return new Step(label, registers, List.of(new Typed(first.text, second.inverse.compose(first.inverse))));
    }
}
