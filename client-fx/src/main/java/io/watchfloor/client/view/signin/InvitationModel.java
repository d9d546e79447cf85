package io.watchfloor.client.view.signin;

import io.watchfloor.client.sync.rest.Outcome;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// What the screen of an invited person shows and does. FX thread only.
public final class InvitationModel {

    /// Makes the account. What follows on success is the door's business.
    @FunctionalInterface
    public interface Door {

        /// @param name absent where the invitation says it
        /// @return completes on the FX thread
        CompletableFuture<? extends Outcome<?>> accept(URI server, String code, @Nullable String name,
                String password);
    }

    private final URI usual;
    private final Door door;
    private final Pause pause;
    private final StringProperty invitation = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final StringProperty again = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper invitationError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nameError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper passwordError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper againError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper where = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    /// @param usual the server that a code without a link is for
    public InvitationModel(URI usual, Door door, Pause pause) {
        this.usual = usual;
        this.door = door;
        this.pause = pause;
        pause.textProperty().subscribe(passwordError::set);
        invitation.subscribe(_ -> {
            invitationError.set("");
            where.set(told());
        });
        name.subscribe(_ -> nameError.set(""));
        password.subscribe(_ -> passwordError.set(pause.textProperty().get()));
        again.subscribe(_ -> againError.set(""));
    }

    Pause pause() {
        return pause;
    }

    /// The link or the code, as typed or pasted.
    public StringProperty invitationProperty() {
        return invitation;
    }

    /// As one wants to be called; may be empty where the invitation says it.
    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty passwordProperty() {
        return password;
    }

    public StringProperty againProperty() {
        return again;
    }

    public ReadOnlyStringProperty invitationErrorProperty() {
        return invitationError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty nameErrorProperty() {
        return nameError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty passwordErrorProperty() {
        return passwordError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty againErrorProperty() {
        return againError.getReadOnlyProperty();
    }

    /// What to know of the server that the invitation leads to; empty for nothing.
    public ReadOnlyStringProperty whereProperty() {
        return where.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    private @Nullable Invitation read() {
        try {
            return Invitation.parse(invitation.get());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String told() {
        Invitation read = read();
        if (read == null) {
            return "";
        }
        URI server = read.server() == null ? usual : read.server();
        return "Goes to " + server + "." + (ServerAddress.isOpenToReaders(server)
                ? " Not encrypted: others on the network could read the password."
                : "");
    }

    /// Tries to make the account; does nothing while it is at it, or while the server wants a pause.
    public void submit() {
        if (busy.get() || pause.lasts()) {
            return;
        }
        Invitation given = null;
        try {
            given = Invitation.parse(invitation.get());
            invitationError.set("");
        } catch (IllegalArgumentException e) {
            invitationError.set(String.valueOf(e.getMessage()));
        }
        passwordError.set(password.get().isEmpty() ? "Choose a password." : "");
        againError.set(again.get().equals(password.get()) ? "" : "The two are not the same.");
        if (given == null || !passwordError.get().isEmpty() || !againError.get().isEmpty()) {
            return;
        }
        busy.set(true);
        String called = name.get().strip();
        var _ = door.accept(given.server() == null ? usual : given.server(), given.code(),
                called.isEmpty() ? null : called, password.get()).thenAccept(this::show);
    }

    private void show(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> {
                invitation.set("");
                password.set("");
                again.set("");
            }
            case Outcome.Refused<?> refused when pause.begins(refused) -> {}
            case Outcome.Refused<?> refused when refused.field().equals("name") -> nameError.set(refused.sentence());
            case Outcome.Refused<?> refused when refused.field().equals("password") ->
                passwordError.set(refused.sentence());
            case Outcome.Refused<?> refused -> invitationError.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> invitationError.set(unreachable.sentence());
        }
        busy.set(false);
    }
}
