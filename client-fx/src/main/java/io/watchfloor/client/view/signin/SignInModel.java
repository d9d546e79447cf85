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

/// What the sign-in screen shows and does. FX thread only.
public final class SignInModel {

    /// Signs in somewhere. What follows on success is the door's business.
    @FunctionalInterface
    public interface Door {

        /// @param code of the second factor; absent where none was asked for yet
        /// @return completes on the FX thread
        CompletableFuture<? extends Outcome<?>> signIn(URI server, String name, String password,
                @Nullable String code);
    }

    private static final String CODE_NEEDED = "second-factor-needed";
    private static final String CODE = "code";

    private final Door door;
    private final Pause pause;
    private final StringProperty server = new SimpleStringProperty("");
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty password = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper serverError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper nameError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper passwordError = new ReadOnlyStringWrapper("");
    private final StringProperty code = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper codeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper codeAsked = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper why = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    public SignInModel(Door door, Pause pause) {
        this.door = door;
        this.pause = pause;
        pause.textProperty().subscribe(text -> (codeAsked.get() ? codeError : passwordError).set(text));
        server.subscribe(text -> {
            serverError.set("");
            warning.set(warningFor(text));
        });
        name.subscribe(_ -> nameError.set(""));
        password.subscribe(_ -> passwordError.set(pause.textProperty().get()));
        code.subscribe(_ -> codeError.set(pause.textProperty().get()));
    }

    /// What has to be waited for before the next attempt.
    Pause pause() {
        return pause;
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

    /// Six digits of an authenticator, or a recovery code.
    public StringProperty codeProperty() {
        return code;
    }

    public ReadOnlyStringProperty codeErrorProperty() {
        return codeError.getReadOnlyProperty();
    }

    /// Whether the password was right and a code is asked for now.
    public ReadOnlyBooleanProperty codeAskedProperty() {
        return codeAsked.getReadOnlyProperty();
    }

    /// Goes back to name and password.
    public void back() {
        if (!busy.get()) {
            codeAsked.set(false);
            code.set("");
            password.set("");
        }
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
        why.set(sentence);
    }

    /// Why one is here again; empty for nothing.
    public ReadOnlyStringProperty whyProperty() {
        return why.getReadOnlyProperty();
    }

    /// Tries to sign in; does nothing while it is at it, or while the server wants a pause.
    public void submit() {
        if (busy.get() || pause.lasts()) {
            return;
        }
        URI address = address();
        nameError.set(name.get().isBlank() ? "Enter your name." : "");
        passwordError.set(password.get().isEmpty() ? "Enter your password." : "");
        String given = code.get().replace(" ", "");
        codeError.set(codeAsked.get() && given.isEmpty() ? "Enter the code." : "");
        if (address == null || !nameError.get().isEmpty() || !passwordError.get().isEmpty()
                || !codeError.get().isEmpty()) {
            return;
        }
        busy.set(true);
        var _ = door.signIn(address, name.get().strip(), password.get(), codeAsked.get() ? given : null)
                .thenAccept(this::show);
    }

    private @Nullable URI address() {
        try {
            URI address = ServerAddress.parse(server.get());
            serverError.set("");
            return address;
        } catch (IllegalArgumentException e) {
            serverError.set(sentence(e));
            return null;
        }
    }

    private void show(Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Ok<?> _ -> {
                password.set("");
                code.set("");
            }
            case Outcome.Refused<?> refused when pause.begins(refused) -> {}
            case Outcome.Refused<?> refused when refused.code().equals(CODE_NEEDED) -> {
                code.set("");
                codeAsked.set(true);
            }
            case Outcome.Refused<?> refused when refused.field().equals(CODE) -> codeError.set(refused.sentence());
            case Outcome.Refused<?> refused -> {
                codeAsked.set(false);
                passwordError.set(refused.sentence());
            }
            case Outcome.Unreachable<?> unreachable -> (codeAsked.get() ? codeError : serverError)
                    .set(unreachable.sentence());
        }
        busy.set(false);
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
