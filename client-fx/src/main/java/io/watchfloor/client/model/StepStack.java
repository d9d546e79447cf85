package io.watchfloor.client.model;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.TextId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Steps that can be reverted one after the other, the latest first. The oldest leave. Owner executor only.
final class StepStack {

    static final int MOST = 500;

    private final Deque<Step> steps = new ArrayDeque<>();

    void push(Step step) {
        steps.push(step);
        if (steps.size() > MOST) {
            steps.removeLast();
        }
    }

    @Nullable
    Step pop() {
        return steps.poll();
    }

    @Nullable
    Step peek() {
        return steps.peek();
    }

    void clear() {
        steps.clear();
    }

    List<Step> fromTop() {
        return List.copyOf(steps);
    }

    void replaceRegisters(UnaryOperator<Step.Register> replacing) {
        replace(step -> new Step(step.label(), step.registers().stream().map(replacing).toList(), step.typed()));
    }

    private void replace(UnaryOperator<Step> replacing) {
        List<Step> fromTop = new ArrayList<>(steps);
        steps.clear();
        fromTop.forEach(step -> steps.addLast(replacing.apply(step)));
    }

    /// Carries what takes typing back past a change of the text. The step on top stands on the text as it is; each one
    /// below on what the text is once those above it are reverted, so the change is carried past these in turn.
    void carryPast(TextId text, Delta change) {
        Delta[] rest = {change};
        replace(step -> {
            if (step.typed().stream().noneMatch(typed -> typed.text().equals(text))) {
                return step;
            }
            List<Step.Typed> carried = new ArrayList<>();
            for (Step.Typed typed : step.typed()) {
                if (typed.text().equals(text)) {
                    carried.add(new Step.Typed(text, typed.inverse().transform(rest[0], Delta.Side.RIGHT)));
                    rest[0] = rest[0].transform(typed.inverse(), Delta.Side.LEFT);
                } else {
                    carried.add(typed);
                }
            }
            return new Step(step.label(), step.registers(), carried);
        });
    }

    /// A step that was taken off the stack is not reverted, so what it typed stays: the steps below stand on that now.
    ///
    /// @param shown the text with it
    void standOn(Step.Typed left, String shown) {
        if (!left.inverse().isEmpty()) {
            carryPast(left.text(), left.inverse().invert(shown));
        }
    }

    /// Removes the steps of which nothing came into force.
    void removeLost(List<Assignment> lost) {
        steps.removeIf(step -> !step.registers().isEmpty() && step.registers().stream()
                .allMatch(register -> lost.stream().anyMatch(assignment -> register.isOf(assignment.element(),
                        assignment.property()) && register.stamp().equals(assignment.stamp()))));
    }
}
