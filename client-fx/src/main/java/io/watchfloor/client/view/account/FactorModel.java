package io.watchfloor.client.view.account;

import io.watchfloor.client.sync.rest.Account.Done;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SecondFactor;
import io.watchfloor.client.view.factor.FactorSetup;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.protocol.rest.FactorState;
import io.watchfloor.protocol.rest.RecoveryCodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The second factor, as one looks after it on the account's page. FX thread only.
public final class FactorModel {

    /// What is done to it at the moment.
    public sealed interface Task {

        /// Nothing.
        record None() implements Task {}

        /// One is added, or another takes its place.
        record Adding(FactorSetup setup) implements Task {}

        /// The password is asked for before recovery codes are made anew.
        record AskingForCodes() implements Task {}

        /// The password is asked for before it is taken away.
        record AskingToRemove() implements Task {}

        /// New recovery codes are shown, this one time.
        record Showing(List<String> codes) implements Task {

            public Showing {
                codes = List.copyOf(codes);
            }

            @Override
            public String toString() {
                return "Showing[]";
            }
        }
    }

    private static final int FEW = 3;

    private final SecondFactor factor;
    private final Supplier<Pause> pauses;
    private final Consumer<String> told;
    private final ReadOnlyObjectWrapper<@Nullable FactorState> state = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Task> task = new ReadOnlyObjectWrapper<>(new Task.None());
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper("Asking the server.");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final Pause pause;
    private Runnable changed = () -> {};

    /// @param pauses makes what the server's pauses are told with
    /// @param told takes sentences about what was done
    public FactorModel(SecondFactor factor, Supplier<Pause> pauses, Consumer<String> told) {
        this.factor = factor;
        this.pauses = pauses;
        this.told = told;
        pause = pauses.get();
        password.subscribe(_ -> error.set(pause.textProperty().get()));
        pause.textProperty().subscribe(error::set);
    }

    Pause pause() {
        return pause;
    }

    /// Has it told when there is another factor, or none any more, or other recovery codes.
    void onChanged(Runnable listener) {
        changed = listener;
    }

    /// As the server tells it; null while it has not.
    public ReadOnlyObjectProperty<@Nullable FactorState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Task> taskProperty() {
        return task.getReadOnlyProperty();
    }

    /// How it stands, as a sentence, or why that is not known.
    public ReadOnlyStringProperty textProperty() {
        return text.getReadOnlyProperty();
    }

    /// What should be done about it; empty for nothing.
    public ReadOnlyStringProperty warningProperty() {
        return warning.getReadOnlyProperty();
    }

    /// The password that a task asks for.
    public StringProperty passwordProperty() {
        return password;
    }

    /// Why the task was not done; empty for nothing.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Asks the server how it stands.
    public void refresh() {
        var _ = factor.state().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<FactorState>(FactorState known) -> show(known);
                case Outcome.Refused<FactorState> refused -> unknown(refused.sentence());
                case Outcome.Unreachable<FactorState> unreachable -> unknown(
                        AccountModel.needsServer(unreachable.sentence()));
            }
        });
    }

    private void unknown(String why) {
        state.set(null);
        warning.set("");
        text.set(why);
    }

    private void show(FactorState known) {
        int left = known.recoveryCodes();
        if (known.active()) {
            text.set("On: signing in with the password asks for a code of your authenticator too. "
                    + (left == 1 ? "1 recovery code is left." : left + " recovery codes are left.")
                    + (known.required() ? " Your role has to have one." : ""));
        } else {
            text.set("Off. With one, signing in asks for a code of an authenticator app too, so that a stolen password"
                    + " alone lets nobody in.");
        }
        warning.set(known.active() && left < FEW
                ? "Make new recovery codes before the last one is used."
                : !known.active() && known.required()
                        ? "Your role has to have one: the next sign-in with your password will ask you to add it."
                        : "");
        state.set(known);
    }

    /// Adds one, or another in place of the one there is.
    public void add() {
        boolean had = had();
        FactorSetup setup = new FactorSetup(factor, pauses.get(), () -> {
            cancel();
            refresh();
            told.accept(had
                    ? "The new authenticator counts from now on; the old one does not any more."
                    : "The second factor is on.");
            changed.run();
            return CompletableFuture.completedFuture(new Outcome.Ok<>(new Done()));
        });
        task.set(new Task.Adding(setup));
    }

    private boolean had() {
        FactorState known = state.get();
        return known != null && known.active();
    }

    public void askForCodes() {
        password.set("");
        task.set(new Task.AskingForCodes());
    }

    public void askToRemove() {
        password.set("");
        task.set(new Task.AskingToRemove());
    }

    /// Leaves the task where it is.
    public void cancel() {
        password.set("");
        task.set(new Task.None());
    }

    /// The recovery codes that are shown are kept.
    public void kept() {
        cancel();
        told.accept("Your earlier recovery codes are void.");
        changed.run();
    }

    /// Does what the password was asked for.
    public void submit() {
        if (busy.get() || pause.lasts()) {
            return;
        }
        if (password.get().isEmpty()) {
            error.set("Enter your password.");
            return;
        }
        switch (task.get()) {
            case Task.AskingForCodes() -> newCodes();
            case Task.AskingToRemove() -> remove();
            case Task.None _, Task.Adding _, Task.Showing _ -> {}
        }
    }

    private void newCodes() {
        busy.set(true);
        var _ = factor.newRecoveryCodes(password.get()).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<RecoveryCodes>(RecoveryCodes made)) {
                password.set("");
                task.set(new Task.Showing(made.codes()));
                refresh();
            }
            tell(outcome);
        });
    }

    private void remove() {
        busy.set(true);
        var _ = factor.remove(password.get()).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<?>) {
                cancel();
                refresh();
                told.accept("The second factor is off: the password alone signs in.");
                changed.run();
            }
            tell(outcome);
        });
    }

    private void tell(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> error.set("");
            case Outcome.Refused<?> refused when pause.begins(refused) -> {}
            case Outcome.Refused<?> refused -> error.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> error.set(AccountModel.needsServer(unreachable.sentence()));
        }
        busy.set(false);
    }
}
