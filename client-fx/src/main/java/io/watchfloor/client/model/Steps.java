package io.watchfloor.client.model;

import io.watchfloor.client.sync.DashboardReplica;
import io.watchfloor.client.sync.Edit;
import io.watchfloor.client.sync.Rejection;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One's own edits as steps that can be undone and redone. A step is reverted only in those registers where it is still
/// in force, that is, whose stamp is that of the step; what a colleague has set since stands.
///
/// Owner executor only.
final class Steps {

    static final int MOST = 200;

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
    }

    /// One edit under its name.
    record Step(String label, List<Register> registers) {

        Step {
            registers = List.copyOf(registers);
        }
    }

    private final DashboardReplica replica;
    private final Runnable changed;
    private final Deque<Step> undo = new ArrayDeque<>();
    private final Deque<Step> redo = new ArrayDeque<>();

    Steps(DashboardReplica replica, Runnable changed) {
        this.replica = replica;
        this.changed = changed;
    }

    /// Makes an edit without taking it onto the stack.
    ///
    /// @return empty where it was not made because the right does not allow it
    Optional<Step> make(String label, List<Edit> edits) {
        List<@Nullable Assignment> before = new ArrayList<>();
        edits.forEach(edit -> before.add(replica.find(edit.element(), edit.property())));
        List<Assignment> made = replica.edit(label, edits);
        if (made.isEmpty()) {
            return Optional.empty();
        }
        List<Register> registers = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Assignment earlier = before.get(i);
            registers.add(new Register(made.get(i).element(), made.get(i).property(),
                    earlier == null ? null : earlier.value(), earlier == null ? null : earlier.stamp(),
                    made.get(i).stamp()));
        }
        return Optional.of(new Step(label, registers));
    }

    /// Takes an edit that was made onto the stack; what was undone before cannot be redone any more.
    void done(Step step) {
        redo.clear();
        push(undo, step);
        changed.run();
    }

    private static void push(Deque<Step> stack, Step step) {
        stack.push(step);
        if (stack.size() > MOST) {
            stack.removeLast();
        }
    }

    Optional<String> undoLabel() {
        return Optional.ofNullable(undo.peek()).map(Step::label);
    }

    Optional<String> redoLabel() {
        return Optional.ofNullable(redo.peek()).map(Step::label);
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

    /// Forgets what was undone last, as after a drag that was given up.
    void forgetRedo() {
        redo.poll();
        changed.run();
    }

    private Optional<String> shift(Deque<Step> from, Deque<Step> to, String verb) {
        Optional<String> notice = Optional.empty();
        while (!from.isEmpty()) {
            Step step = from.pop();
            List<Register> reverted = inForce(step);
            if (!reverted.isEmpty()) {
                Optional<Step> inverse = revert(verb + ": " + step.label(), reverted);
                if (inverse.isEmpty()) {
                    from.push(step);
                    return Optional.of("This dashboard cannot be edited now.");
                }
                push(to, new Step(step.label(), inverse.get().registers()));
                changed.run();
                return reverted.size() == step.registers().size()
                        ? notice
                        : Optional.of("'" + step.label() + "' was reverted in part: the rest has been changed since.");
            }
            changed.run();
            notice = Optional.of("'" + step.label() + "' was left as it is, for it has been changed since.");
        }
        return notice;
    }

    private List<Register> inForce(Step step) {
        List<Register> inForce = new ArrayList<>();
        for (Register register : step.registers()) {
            Assignment shown = replica.find(register.element(), register.property());
            if (shown != null && shown.stamp().equals(register.stamp())) {
                inForce.add(register);
            }
        }
        boolean othersInside = inForce.stream()
                .anyMatch(register -> isCreation(register) && replica.touchedByOthers(register.element()));
        return othersInside ? List.of() : inForce;
    }

    private static boolean isCreation(Register register) {
        return register.property().equals(Properties.EXISTS) && register.before() == null;
    }

    /// Reverts registers. A creation is reverted by deleting the element; what was set with it stays in it, unseen.
    private Optional<Step> revert(String label, List<Register> registers) {
        List<Edit> edits = new ArrayList<>();
        for (Register register : registers) {
            if (isCreation(register)) {
                edits.add(new Edit(register.element(), Properties.EXISTS, Value.of(false)));
            } else if (register.before() != null) {
                edits.add(new Edit(register.element(), register.property(), register.before()));
            } else if (registers.stream()
                    .noneMatch(other -> isCreation(other) && other.element().equals(register.element()))) {
                edits.add(new Edit(register.element(), register.property(), absent(register.property())));
            }
        }
        Optional<Step> made = make(label, edits);
        made.ifPresent(step -> step.registers().forEach(written -> registers.stream()
                .filter(old -> old.element().equals(written.element()) && old.property().equals(written.property())
                        && old.stampBefore() != null)
                .findFirst().ifPresent(old -> restamp(old, old.stampBefore(), written.stamp()))));
        return made;
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
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            Assignment old = before.get(i);
            Register named = new Register(old.element(), old.property(), null, null, old.stamp());
            restamp(named, old.stamp(), after.get(i).stamp());
        }
    }

    private void restamp(Register named, @Nullable Stamp from, Stamp to) {
        for (Deque<Step> stack : List.of(undo, redo)) {
            List<Step> steps = new ArrayList<>(stack);
            stack.clear();
            steps.forEach(step -> stack.add(new Step(step.label(),
                    step.registers().stream().map(register -> restamp(register, named, from, to)).toList())));
        }
    }

    private static Register restamp(Register register, Register named, @Nullable Stamp from, Stamp to) {
        if (!register.element().equals(named.element()) || !register.property().equals(named.property())) {
            return register;
        }
        Stamp earlier = register.stampBefore();
        return register.withStamps(earlier != null && earlier.equals(from) ? to : earlier,
                register.stamp().equals(from) ? to : register.stamp());
    }

    /// An edit of one's own was refused: it cannot be undone.
    void rejected(Rejection rejection) {
        for (Deque<Step> stack : List.of(undo, redo)) {
            stack.removeIf(step -> step.registers().stream()
                    .allMatch(register -> rejection.lost().stream().anyMatch(lost -> isOf(register, lost))));
        }
        changed.run();
    }

    private static boolean isOf(Register register, Assignment assignment) {
        return register.element().equals(assignment.element()) && register.property().equals(assignment.property())
                && register.stamp().equals(assignment.stamp());
    }
}
