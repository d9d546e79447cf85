package io.watchfloor.client.view.factor;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.SecondFactor;
import io.watchfloor.client.view.signin.Pause;
import io.watchfloor.protocol.rest.FactorEnrolment;
import io.watchfloor.protocol.rest.RecoveryCodes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Adding a second factor, or another in place of the one there is: the password, the secret for an authenticator, a code
/// that proves that it has it, recovery codes. FX thread only.
public final class FactorSetup {

    /// How far it is.
    public sealed interface Step {

        /// The password is asked for.
        record Password() implements Step {}

        /// The secret is to be brought into an authenticator.
        record Scan(FactorEnrolment enrolment) implements Step {}

        /// It counts from now on; the recovery codes are shown this one time.
        record Codes(List<String> codes) implements Step {

            public Codes {
                codes = List.copyOf(codes);
            }

            @Override
            public String toString() {
                return "Codes[]";
            }
        }
    }

    private final SecondFactor factor;
    private final Supplier<? extends CompletableFuture<? extends Outcome<?>>> finish;
    private final Pause pause;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(new Step.Password());
    private final StringProperty password = new SimpleStringProperty("");
    private final StringProperty code = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /// @param finish what follows once the recovery codes are kept; completes on the FX thread
    public FactorSetup(SecondFactor factor, Pause pause,
            Supplier<? extends CompletableFuture<? extends Outcome<?>>> finish) {
        this.factor = factor;
        this.pause = pause;
        this.finish = finish;
        password.subscribe(_ -> error.set(pause.textProperty().get()));
        code.subscribe(_ -> error.set(pause.textProperty().get()));
        pause.textProperty().subscribe(error::set);
    }

    /// What has to be waited for before the next attempt.
    Pause pause() {
        return pause;
    }

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    public StringProperty passwordProperty() {
        return password;
    }

    /// As the authenticator shows it.
    public StringProperty codeProperty() {
        return code;
    }

    /// Why the step cannot be left; empty for nothing.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Begins with a password that was typed a moment ago.
    ///
    /// @param known empty where it is not known and has to be asked for
    public void begin(String known) {
        password.set(known);
        if (!known.isEmpty()) {
            submit();
        }
    }

    /// Leaves the step, if what it asks for is right. Does nothing while it is at it, or while the server wants a pause.
    public void submit() {
        if (busy.get() || pause.lasts()) {
            return;
        }
        switch (step.get()) {
            case Step.Password() -> askForSecret();
            case Step.Scan _ -> confirm();
            case Step.Codes _ -> finish();
        }
    }

    private void askForSecret() {
        if (password.get().isEmpty()) {
            error.set("Enter your password.");
            return;
        }
        busy.set(true);
        var _ = factor.begin(password.get()).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<FactorEnrolment>(FactorEnrolment enrolment)) {
                password.set("");
                step.set(new Step.Scan(enrolment));
            }
            tell(outcome);
        });
    }

    private void confirm() {
        String typed = code.get().replace(" ", "");
        if (!typed.matches("[0-9]{6}")) {
            error.set("Enter the six digits that the authenticator shows for this account now.");
            return;
        }
        busy.set(true);
        var _ = factor.confirm(typed).thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<RecoveryCodes>(RecoveryCodes made)) {
                code.set("");
                step.set(new Step.Codes(made.codes()));
            }
            tell(outcome);
        });
    }

    private void finish() {
        busy.set(true);
        var _ = finish.get().thenAccept(this::tell);
    }

    private void tell(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> error.set("");
            case Outcome.Refused<?> refused when pause.begins(refused) -> {}
            case Outcome.Refused<?> refused -> error.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> error.set(unreachable.sentence());
        }
        busy.set(false);
    }
}
