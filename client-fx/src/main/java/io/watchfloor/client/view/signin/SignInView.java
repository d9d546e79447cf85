package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/// The sign-in screen: name and password, then the code of the second factor where there is one. FX thread only.
public final class SignInView {

    private final TextField name = new TextField();
    private final TextField server = new TextField();
    private final PasswordField password = new PasswordField();
    private final TextField code = new TextField();
    private final StackPane step = new StackPane();
    private final Node screen;

    /// @param invited leads to accepting an invitation
    public SignInView(SignInModel model, Runnable invited) {
        Node first = passwordCard(model, invited);
        Node second = codeCard(model);
        name.textProperty().bindBidirectional(model.nameProperty());
        server.textProperty().bindBidirectional(model.serverProperty());
        password.textProperty().bindBidirectional(model.passwordProperty());
        code.textProperty().bindBidirectional(model.codeProperty());
        FieldColumn.count(model.pause());
        model.codeAskedProperty().subscribe(asked -> {
            step.getChildren().setAll(asked ? second : first);
            (asked ? code : password).requestFocus();
        });
        model.busyProperty().subscribe(busy -> {
            if (!busy) {
                typeOver(model);
            }
        });
        screen = EntryScreen.around(step);
    }

    private Node passwordCard(SignInModel model, Runnable invited) {
        Button submit = submit("sign-in", model);
        EntryForm form = new EntryForm("Sign in", "With the account that your administrator gave you.", submit);
        form.begin(model.whyProperty());
        server.setId("server");
        server.setPromptText(ServerAddress.USUAL.toString());
        name.setId("name");
        password.setId("password");
        form.add("Name", name, model.nameErrorProperty());
        form.add("Password", password, model.passwordErrorProperty());
        form.add("Server", server, model.serverErrorProperty());
        form.note(model.warningProperty());
        form.lockWhile(model.busyProperty());
        Button invitation = new Button("I have an invitation");
        invitation.setId("have-invitation");
        invitation.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        invitation.setOnAction(_ -> invited.run());
        form.below(invitation);
        return form.card();
    }

    private Node codeCard(SignInModel model) {
        Button submit = submit("sign-in-code", model);
        EntryForm form = new EntryForm("Enter the code",
                "Six digits that your authenticator shows now, or one of your recovery codes.", submit);
        code.setId("code");
        form.add("Code", code, model.codeErrorProperty());
        form.lockWhile(model.busyProperty());
        Button back = new Button("Sign in as somebody else");
        back.setId("sign-in-back");
        back.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        back.setOnAction(_ -> model.back());
        form.below(back);
        form.card().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                model.back();
                event.consume();
            }
        });
        return form.card();
    }

    private static Button submit(String id, SignInModel model) {
        Button submit = new Button("Sign in");
        submit.setId(id);
        submit.setOnAction(_ -> model.submit());
        model.busyProperty().subscribe(busy -> submit.setText(busy ? "Signing in ..." : "Sign in"));
        return submit;
    }

    /// After an attempt, the next one begins by typing over what was refused.
    private void typeOver(SignInModel model) {
        boolean codeAsked = model.codeAskedProperty().get();
        TextField refused = codeAsked ? code : password;
        if (codeAsked || !model.passwordErrorProperty().get().isEmpty()) {
            refused.requestFocus();
            refused.selectAll();
        }
    }

    public Node node() {
        return screen;
    }

    /// Puts the cursor where typing begins.
    public void focus() {
        (name.getText().isEmpty() ? name : password).requestFocus();
    }
}
