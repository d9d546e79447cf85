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

/// What the sign-in screen shows and does. FX thread only.
public final class SignInModel {

    /// Signs in somewhere. What follows on success is the door's business.
    @FunctionalInterface
    public interface Door {

        /// @return completes on the FX thread
        CompletableFuture<? extends Outcome<?>> signIn(URI server, String name, String password);
    }

    private final Door door;
    private final StringProperty server = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper serverError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nameError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper passwordError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public SignInModel(Door door) {
        this.door = door;
        server.subscribe(text -> {
            serverError.set("");
            warning.set(warningFor(text));
        });
        name.subscribe(_ -> nameError.set(""));
        password.subscribe(_ -> passwordError.set(""));
    }

    /// Address as typed.
    public StringProperty serverProperty() {
        return server;
    }

    public StringProperty nameProperty() {
        return name;
    }

    public StringProperty passwordProperty() {
        return password;
    }

    /// What is wrong with the address, or why nobody answered there; empty for nothing.
    public ReadOnlyStringProperty serverErrorProperty() {
        return serverError.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty nameErrorProperty() {
        return nameError.getReadOnlyProperty();
    }

    /// What is wrong with the password, or why the server refused; empty for nothing.
    public ReadOnlyStringProperty passwordErrorProperty() {
        return passwordError.getReadOnlyProperty();
    }

    /// What to know about the address before a password is sent there; empty for nothing.
    public ReadOnlyStringProperty warningProperty() {
        return warning.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Shows why one is here again, as after a session has ended.
    public void tell(String sentence) {
        passwordError.set(sentence);
    }

    /// Tries to sign in; does nothing while it is at it.
    public void submit() {
        if (busy.get()) {
            return;
        }
        nameError.set(name.get().isBlank() ? "Enter your name." : "");
        passwordError.set(password.get().isEmpty() ? "Enter your password." : "");
        URI address = null;
        try {
            address = ServerAddress.parse(server.get());
            serverError.set("");
        } catch (IllegalArgumentException e) {
            serverError.set(sentence(e));
        }
        if (address == null || !nameError.get().isEmpty() || !passwordError.get().isEmpty()) {
            return;
        }
        busy.set(true);
        var _ = door.signIn(address, name.get().strip(), password.get()).thenAccept(this::show);
    }

    private void show(Outcome<?> outcome) {
        busy.set(false);
        switch (outcome) {
            case Outcome.Ok<?> _ -> password.set("");
            case Outcome.Refused<?> refused -> passwordError.set(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> serverError.set(unreachable.sentence());
        }
    }

    private static String warningFor(String text) {
        try {
            return ServerAddress.isOpenToReaders(ServerAddress.parse(text))
                    ? "Not encrypted: others on the network could read the password. Use https where the server has it."
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String sentence(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }
}
