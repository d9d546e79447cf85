package io.watchfloor.client.view.signin;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;

/// The sign-in screen. FX thread only.
public final class SignInView {

    private final TextField name = new TextField();
    private final TextField server = new TextField();
    private final PasswordField password = new PasswordField();
    private final Node screen;

    public SignInView(SignInModel model) {
        Button submit = new Button("Sign in");
        submit.setId("sign-in");
        submit.setOnAction(_ -> model.submit());
        EntryForm form = new EntryForm("Sign in", "With the account that your administrator gave you.", submit);
        server.setId("server");
        server.setPromptText(ServerAddress.USUAL.toString());
        name.setId("name");
        password.setId("password");
        form.add("Name", name, model.nameErrorProperty());
        form.add("Password", password, model.passwordErrorProperty());
        form.add("Server", server, model.serverErrorProperty());
        form.note(model.warningProperty());
        form.lockWhile(model.busyProperty());
        server.textProperty().bindBidirectional(model.serverProperty());
        name.textProperty().bindBidirectional(model.nameProperty());
        password.textProperty().bindBidirectional(model.passwordProperty());
        model.busyProperty().subscribe(busy -> submit.setText(busy ? "Signing in ..." : "Sign in"));
        model.passwordErrorProperty().subscribe(error -> {
            if (!error.isEmpty()) {
                password.requestFocus();
                password.selectAll();
            }
        });
        screen = form.screen();
    }

    public Node node() {
        return screen;
    }

    /// Puts the cursor where typing begins.
    public void focus() {
        (name.getText().isEmpty() ? name : password).requestFocus();
    }
}
