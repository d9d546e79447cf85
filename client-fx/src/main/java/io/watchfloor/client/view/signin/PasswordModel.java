package io.watchfloor.client.view.signin;

import io.watchfloor.client.sync.rest.Outcome;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// What the screen for a password that must be changed shows and does. FX thread only.
public final class PasswordModel {

    /// Changes the password. What follows on success is the changer's business.
    @FunctionalInterface
    public interface Changer {

        /// @return completes on the FX thread
        CompletableFuture<? extends Outcome<?>> change(String oldPassword, String newPassword);
    }

    private final Changer changer;
    private final StringProperty oldPassword = new SimpleStringProperty("");
    private final StringProperty newPassword = new SimpleStringProperty("");
    private final StringProperty again = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper oldError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper newError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper againError = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final boolean asksForOld;

    /// @param known the password just signed in with; empty where it is not known and has to be asked for
    public PasswordModel(String known, Changer changer) {
        this.changer = changer;
        asksForOld = known.isEmpty();
        oldPassword.set(known);
        oldPassword.subscribe(_ -> oldError.set(""));
        newPassword.subscribe(_ -> newError.set(""));
        again.subscribe(_ -> againError.set(""));
    }

    /// Whether the old password has to be typed.
    public boolean asksForOld() {
        return asksForOld;
    }

    public StringProperty oldPasswordProperty() {
        return oldPassword;
    }

    public StringProperty newPasswordProperty() {
        return newPassword;
    }

    public StringProperty againProperty() {
        return again;
    }

    public ReadOnlyStringProperty oldErrorProperty() {
        return oldError.getReadOnlyProperty();
    }

    /// What is wrong with the new password, or why the server refused; empty for nothing.
    public ReadOnlyStringProperty newErrorProperty() {
        return newError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty againErrorProperty() {
        return againError.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Tries to change the password; does nothing while it is at it.
    public void submit() {
        if (busy.get()) {
            return;
        }
        oldError.set(oldPassword.get().isEmpty() ? "Enter the password you have now." : "");
        newError.set(newPassword.get().isEmpty()
                ? "Enter a new password."
                : newPassword.get().equals(oldPassword.get())
                        ? "Choose a password other than the one you have now."
                        : "");
        againError.set(again.get().equals(newPassword.get()) ? "" : "The two are not the same.");
        if (!oldError.get().isEmpty() || !newError.get().isEmpty() || !againError.get().isEmpty()) {
            return;
        }
        busy.set(true);
        var _ = changer.change(oldPassword.get(), newPassword.get()).thenAccept(this::show);
    }

    private void show(Outcome<?> outcome) {
        busy.set(false);
        switch (outcome) {
            case Outcome.Ok<?> _ -> {
                oldPassword.set("");
                newPassword.set("");
                again.set("");
            }
            case Outcome.Refused<?> refused when asksForOld && refused.status() == WRONG_PASSWORD ->
                oldError.set(refused.sentence());
            case Outcome.Refused<?> refused -> newError.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> newError.set(unreachable.sentence());
        }
    }

    private static final int WRONG_PASSWORD = 401;
}
