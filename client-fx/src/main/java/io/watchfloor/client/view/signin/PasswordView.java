package io.watchfloor.client.view.signin;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;

/// The screen for a password that must be changed. FX thread only.
public final class PasswordView {

    private final PasswordField oldPassword = new PasswordField();
    private final PasswordField newPassword = new PasswordField();
    private final PasswordModel model;
    private final Node screen;

    public PasswordView(PasswordModel model) {
        this.model = model;
        Button submit = new Button("Change password");
        submit.setId("change-password");
        submit.setOnAction(_ -> model.submit());
        EntryForm form = new EntryForm("Choose a password",
                "The one you signed in with was made for you. From now on only you know yours. "
                        + PasswordModel.RULE,
                submit);
        PasswordField again = new PasswordField();
        oldPassword.setId("old-password");
        newPassword.setId("new-password");
        again.setId("new-password-again");
        if (model.asksForOld()) {
            form.add("Password you have now", oldPassword, model.oldErrorProperty());
        }
        form.add("New password", newPassword, model.newErrorProperty());
        form.add("New password again", again, model.againErrorProperty());
        form.lockWhile(model.busyProperty());
        FieldColumn.count(model.pause());
        oldPassword.textProperty().bindBidirectional(model.oldPasswordProperty());
        newPassword.textProperty().bindBidirectional(model.newPasswordProperty());
        again.textProperty().bindBidirectional(model.againProperty());
        model.busyProperty().subscribe(busy -> submit.setText(busy ? "Changing ..." : "Change password"));
        screen = form.screen();
    }

    public Node node() {
        return screen;
    }

    /// Puts the cursor where typing begins.
    public void focus() {
        (model.asksForOld() ? oldPassword : newPassword).requestFocus();
    }
}
