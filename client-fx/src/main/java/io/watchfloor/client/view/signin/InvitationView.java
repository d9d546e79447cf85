package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// The screen of an invited person: the invitation, a name, a password. FX thread only.
public final class InvitationView {

    private final TextField invitation = new TextField();
    private final Node screen;

    /// @param back leads to signing in
    public InvitationView(InvitationModel model, Runnable back) {
        Button submit = new Button("Make account");
        submit.setId("accept-invitation");
        submit.setOnAction(_ -> model.submit());
        model.busyProperty().subscribe(busy -> submit.setText(busy ? "Making it ..." : "Make account"));
        EntryForm form = new EntryForm("Accept an invitation",
                "With the link or the code that an administrator has given you. It makes one account, once.", submit);
        TextField name = new TextField();
        PasswordField password = new PasswordField();
        PasswordField again = new PasswordField();
        invitation.setId("invitation");
        name.setId("invited-name");
        name.setPromptText("Not needed where the invitation says it");
        password.setId("invited-password");
        again.setId("invited-password-again");
        form.add("Invitation", invitation, model.invitationErrorProperty());
        form.note(model.whereProperty());
        form.add("Name", name, model.nameErrorProperty());
        form.add("Password", password, model.passwordErrorProperty());
        form.add("Password again", again, model.againErrorProperty());
        form.lockWhile(model.busyProperty());
        invitation.textProperty().bindBidirectional(model.invitationProperty());
        name.textProperty().bindBidirectional(model.nameProperty());
        password.textProperty().bindBidirectional(model.passwordProperty());
        again.textProperty().bindBidirectional(model.againProperty());
        FieldColumn.count(model.pause());
        Button leave = new Button("I have an account");
        leave.setId("back-to-sign-in");
        leave.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        leave.setOnAction(_ -> back.run());
        form.below(leave);
        form.card().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                back.run();
                event.consume();
            }
        });
        screen = form.screen();
    }

    public Node node() {
        return screen;
    }

    /// Puts the cursor where typing begins.
    public void focus() {
        invitation.requestFocus();
    }
}
