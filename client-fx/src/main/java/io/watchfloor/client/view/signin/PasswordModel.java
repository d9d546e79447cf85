package io.watchfloor.client.view.signin;

import io.watchfloor.client.sync.rest.Outcome;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// A change of one's password. FX thread only.
public final class PasswordModel {

    /// Changes the password. What follows on success is the changer's business.
    @FunctionalInterface
    public interface Changer {

        /// @return completes on the FX thread
        CompletableFuture<? extends Outcome<?>> change(String oldPassword, String newPassword);
    }

    /// What a password has to be, for people.
    public static final String RULE = "8 to 128 characters of any kind. Passwords that many people use are refused.";

    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;
    private static final int WRONG_PASSWORD = 401;

    private final Changer changer;
    private final Pause pause;
    private final StringProperty oldPassword = new SimpleStringProperty("");
    private final StringProperty newPassword = new SimpleStringProperty("");
    private final StringProperty again = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper oldError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper newError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper againError = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final boolean asksForOld;

    /// @param known the password just signed in with; empty where it is not known and has to be asked for
    public PasswordModel(String known, Changer changer, Pause pause) {
        this.changer = changer;
        this.pause = pause;
        asksForOld = known.isEmpty();
        oldPassword.set(known);
        oldPassword.subscribe(_ -> oldError.set(""));
        newPassword.subscribe(_ -> newError.set(""));
        again.subscribe(_ -> againError.set(""));
        pause.textProperty().subscribe(newError::set);
    }

    /// What has to be waited for before the next attempt.
    public Pause pause() {
        return pause;
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

    /// Forgets what was typed.
    public void clear() {
        oldPassword.set("");
        newPassword.set("");
        again.set("");
        oldError.set("");
        newError.set(pause.textProperty().get());
        againError.set("");
    }

    /// Tries to change the password; does nothing while it is at it, or while the server wants a pause.
    public void submit() {
        if (busy.get() || pause.lasts()) {
            return;
        }
        oldError.set(oldPassword.get().isEmpty() ? "Enter the password you have now." : "");
        newError.set(problem());
        againError.set(again.get().equals(newPassword.get()) ? "" : "The two are not the same.");
        if (!oldError.get().isEmpty() || !newError.get().isEmpty() || !againError.get().isEmpty()) {
            return;
        }
        busy.set(true);
        var _ = changer.change(oldPassword.get(), newPassword.get()).thenAccept(this::show);
    }

    private String problem() {
        String wanted = newPassword.get();
        int length = wanted.codePointCount(0, wanted.length());
        if (length == 0) {
            return "Enter a new password.";
        }
        if (length < SHORTEST || length > LONGEST) {
            return "The new password must have " + SHORTEST + " to " + LONGEST + " characters; this has " + length
                    + ".";
        }
        return wanted.equals(oldPassword.get()) ? "Choose a password other than the one you have now." : "";
    }

    private void show(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> clear();
            case Outcome.Refused<?> refused when pause.begins(refused) -> {}
            case Outcome.Refused<?> refused when asksForOld && refused.status() == WRONG_PASSWORD ->
                oldError.set(refused.sentence());
            case Outcome.Refused<?> refused -> newError.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> newError.set(unreachable.sentence()
                    + " Whether the password was changed is not known: try the new one if the old one does not work.");
        }
        busy.set(false);
    }
}
