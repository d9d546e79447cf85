package io.watchfloor.client.model;

import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Edit;
import io.watchfloor.client.sync.Rejection;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.Rope;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// One's own edits as steps that can be undone and redone. A step is reverted only where it is still in force: in a
/// register whose stamp is that of the step, in a text as far as what it typed is still there. What a colleague has set
/// since stands.
///
/// Owner executor only.
final class Steps {

    private static final Step NOTHING = new Step("", List.of(), List.of());

    private record Named(ElementId element, String property, Stamp stamp) {}

    private final DashboardReplica replica;
    private final Runnable changed;
    private final StepStack undo = new StepStack();
    private final StepStack redo = new StepStack();
    private final List<Gesture> gestures = new ArrayList<>();
    /// Elements of the steps that are next.
    private final Set<ElementId> next = new HashSet<>();

    Steps(DashboardReplica replica, Runnable changed) {
        this.replica = replica;
        this.changed = changed;
    }

    /// Makes an edit without taking it onto the stack.
    ///
    /// @return empty where it was not made because the right does not allow it
    Optional<Step> make(String label, List<Edit> edits) {
        List<Optional<Assignment>> before = edits.stream()
                .map(edit -> Optional.ofNullable(replica.find(edit.element(), edit.property()))).toList();
        List<Assignment> made = replica.edit(label, edits);
        if (made.isEmpty()) {
            return Optional.empty();
        }
        List<Step.Register> registers = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Assignment earlier = before.get(i).orElse(null);
            registers.add(new Step.Register(made.get(i).element(), made.get(i).property(),
                    earlier == null ? null : earlier.value(), earlier == null ? null : earlier.stamp(),
                    made.get(i).stamp()));
        }
        return Optional.of(new Step(label, registers, List.of()));
    }

    /// Types into a text without taking it onto the stack.
    ///
    /// @return empty where it was not done
    Optional<Step> type(String label, TextId text, Delta delta) {
        Rope before = replica.content(text);
        if (!replica.editText(label, text, delta)) {
            return Optional.empty();
        }
        return Optional.of(new Step(label, List.of(), List.of(new Step.Typed(text, delta.invert(before)))));
    }

    /// Takes an edit that was made onto the stack; what was undone before cannot be redone any more.
    void done(Step step) {
        redo.clear();
        undo.push(step);
        tell();
    }

    /// Takes typing onto the stack that goes on with the latest step: both are one.
    void joined(Step typing) {
        Step latest = undo.pop();
        if (latest != null) {
            undo.push(latest.followedBy(typing));
        }
        redo.clear();
        tell();
    }

    /// The step that was made last and not undone.
    Optional<Step> latest() {
        return Optional.ofNullable(undo.peek());
    }

    void begun(Gesture gesture) {
        gestures.add(gesture);
    }

    void over(Gesture gesture) {
        gestures.remove(gesture);
    }

    Optional<String> undoLabel() {
        return next(undo).map(Step::label);
    }

    Optional<String> redoLabel() {
        return next(redo).map(Step::label);
    }

    /// What the latest step is that can be reverted, as far as it can.
    private Optional<Step> next(StepStack stack) {
        return stack.fromTop().stream().map(this::inForce).filter(step -> !step.isEmpty()).findFirst();
    }

    /// Others may have set what a step had set. Only the steps that are next can be named otherwise by that.
    void othersChanged(Set<Change> changes) {
        if (changes.stream().anyMatch(change -> next.contains(change.element()))) {
            tell();
        }
    }

    private void tell() {
        next.clear();
        for (StepStack stack : List.of(undo, redo)) {
            next(stack).ifPresent(step -> {
                step.registers().forEach(register -> next.add(register.element()));
                step.typed().forEach(typed -> next.add(typed.text().element()));
            });
        }
        changed.run();
    }

    /// Reverts the latest step that is still in force somewhere.
    ///
    /// @return what a person should know, as a sentence; empty where all went as expected
    Optional<String> undo() {
        return shift(undo, redo, "Undo");
    }

    Optional<String> redo() {
        return shift(redo, undo, "Redo");
    }

    private Optional<String> shift(StepStack from, StepStack to, String verb) {
        Optional<String> notice = Optional.empty();
        for (Step step = from.pop(); step != null; step = from.pop()) {
            Step reverted = inForce(step);
            if (!reverted.isEmpty()) {
                Optional<Step> inverse = revert(verb + ": " + MergeWords.lowered(reverted.label()), reverted);
                if (inverse.isEmpty()) {
                    from.push(step);
                    return Optional.of("This dashboard cannot be edited now.");
                }
                left(step, inverse.get(), from);
                to.push(new Step(step.label(), inverse.get().registers(), inverse.get().typed()));
                tell();
                return reverted.registers().size() == step.registers().size()
                        ? notice
                        : Optional.of("'" + step.label() + "' was reverted in part: the rest has been changed since.");
            }
            left(step, NOTHING, from);
            notice = Optional.of("'" + step.label() + "' was left as it is, for it has been changed since.");
        }
        tell();
        return notice;
    }

    /// What a step typed and what could not be reverted stays, under the steps that are next.
    private void left(Step step, Step reverted, StepStack below) {
        for (Step.Typed typed : step.typed()) {
            if (reverted.typed().stream().noneMatch(done -> done.text().equals(typed.text()))) {
                below.standOn(typed, replica.text(typed.text()));
            }
        }
    }

    /// Puts back what a step did, without a trace on the stacks.
    void giveUp(Step step) {
        Step inForce = inForce(step);
        if (!inForce.isEmpty()) {
            var _ = revert(step.label(), inForce);
        }
        tell();
    }

    /// What of a step can be reverted. Of a creation nothing can where somebody else has decided since whether the
    /// element exists.
    private Step inForce(Step step) {
        List<Step.Register> inForce = new ArrayList<>();
        for (Step.Register register : step.registers()) {
            Assignment shown = replica.find(register.element(), register.property());
            boolean gone = !register.property().equals(Properties.EXISTS)
                    && replica.removedByOthers(register.element());
            if (shown != null && shown.stamp().equals(register.stamp()) && !gone) {
                inForce.add(register);
            }
        }
        Set<ElementId> decided = step.created();
        inForce.stream().filter(Step.Register::isCreation).forEach(register -> decided.remove(register.element()));
        inForce.removeIf(register -> decided.contains(register.element()));
        boolean othersInside = inForce.stream()
                .anyMatch(register -> register.isCreation() && replica.touchedByOthers(register.element()));
        List<Step.Typed> typed = step.typed().stream().filter(
                each -> !each.inverse().isEmpty() && !replica.removedByOthers(each.text().element())).toList();
        return othersInside ? NOTHING : step.onlyIn(inForce, typed);
    }

    /// Reverts registers and texts. A creation is reverted by deleting the element; what was set with it stays in it,
    /// unseen.
    private Optional<Step> revert(String label, Step step) {
        List<Step.Register> registers = step.registers();
        List<Edit> edits = new ArrayList<>();
        for (Step.Register register : registers) {
            if (register.isCreation()) {
                edits.add(new Edit(register.element(), Properties.EXISTS, Value.of(false)));
            } else if (register.before() != null) {
                edits.add(new Edit(register.element(), register.property(), register.before()));
            } else if (registers.stream()
                    .noneMatch(other -> other.isCreation() && other.element().equals(register.element()))) {
                edits.add(new Edit(register.element(), register.property(), absent(register.property())));
            }
        }
        List<Step.Register> reverted = new ArrayList<>();
        if (!edits.isEmpty()) {
            Optional<Step> made = make(label, edits);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            reverted.addAll(made.get().registers());
            follow(registers, reverted);
        }
        List<Step.Typed> typed = new ArrayList<>();
        for (Step.Typed text : step.typed()) {
            type(label, text.text(), text.inverse()).ifPresent(made -> typed.addAll(made.typed()));
        }
        return reverted.isEmpty() && typed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Step(step.label(), reverted, typed));
    }

    /// An earlier step set the value that stands again: it is in force again, under the new stamp.
    private void follow(List<Step.Register> registers, List<Step.Register> reverted) {
        Map<Named, Stamp> stamps = new HashMap<>();
        for (Step.Register written : reverted) {
            registers.stream().filter(old -> old.isOf(written.element(), written.property())).findFirst()
                    .ifPresent(old -> {
                        if (old.stampBefore() != null) {
                            stamps.put(new Named(old.element(), old.property(), old.stampBefore()), written.stamp());
                        }
                    });
        }
        restamp(stamps);
    }

    /// What stands for a property that was never set.
    private static Value absent(String property) {
        return switch (property) {
            case Properties.TITLE -> Value.of("");
            case Properties.RANGE -> Value.of(DashboardModel.DEFAULT_RANGE_MILLIS / 1_000);
            default -> Value.NULL;
        };
    }

    /// The stamps of an edit of one's own have changed.
    void restamped(List<Assignment> before, List<Assignment> after) {
        Map<Named, Stamp> stamps = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            Assignment old = before.get(i);
            stamps.put(new Named(old.element(), old.property(), old.stamp()), after.get(i).stamp());
        }
        restamp(stamps);
    }

    private void restamp(Map<Named, Stamp> stamps) {
        UnaryOperator<Step.Register> restamping = register -> {
            Stamp earlier = register.stampBefore();
            Stamp newEarlier = earlier == null
                    ? null
                    : stamps.getOrDefault(new Named(register.element(), register.property(), earlier), earlier);
            Stamp own = register.stamp();
            return register.withStamps(newEarlier,
                    stamps.getOrDefault(new Named(register.element(), register.property(), own), own));
        };
        undo.replaceRegisters(restamping);
        redo.replaceRegisters(restamping);
        gestures.forEach(gesture -> gesture.replaceRegisters(restamping));
    }

    /// A text is shown otherwise, by no step of one's own.
    void textChanged(TextId text, Delta delta) {
        undo.carryPast(text, delta);
        redo.carryPast(text, delta);
    }

    /// An edit of one's own was refused: it cannot be undone.
    void rejected(Rejection rejection) {
        undo.removeLost(rejection.lost());
        redo.removeLost(rejection.lost());
        tell();
    }
}
