package io.watchfloor.client.view.account;

import io.watchfloor.client.view.signin.FieldColumn;
import io.watchfloor.client.view.signin.PasswordModel;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// One's password: closed until it is to be changed. FX thread only.
final class PasswordSection {

    private final AccountModel model;
    private final Section section = new Section("Password");
    private final PasswordField old = new PasswordField();
    private final Button change = new Button("Change password");
    private final Node fields;

    PasswordSection(AccountModel model) {
        this.model = model;
        change.setId("account-password");
        change.setOnAction(_ -> model.changingPasswordProperty().set(true));
        fields = fields(model.password());
        model.changingPasswordProperty().subscribe(this::show);
    }

    Node node() {
        return section;
    }

    private Node fields(PasswordModel password) {
        PasswordField fresh = new PasswordField();
        PasswordField again = new PasswordField();
        old.setId("old-password");
        fresh.setId("new-password");
        again.setId("new-password-again");
        // each section has a default button of its own, and the scene only one
        List.of(old, fresh, again).forEach(field -> field.setOnAction(_ -> password.submit()));
        old.textProperty().bindBidirectional(password.oldPasswordProperty());
        fresh.textProperty().bindBidirectional(password.newPasswordProperty());
        again.textProperty().bindBidirectional(password.againProperty());
        FieldColumn column = new FieldColumn();
        column.add("Password you have now", old, password.oldErrorProperty());
        column.add("New password", fresh, password.newErrorProperty());
        column.add("New password again", again, password.againErrorProperty());
        FieldColumn.count(password.pause());
        Button submit = new Button("Change password");
        submit.setId("change-password");
        submit.setDefaultButton(true);
        submit.setOnAction(_ -> password.submit());
        Button cancel = new Button("Cancel");
        cancel.setId("keep-password");
        cancel.setOnAction(_ -> cancel());
        HBox buttons = new HBox(submit, cancel);
        buttons.getStyleClass().add("wf-section-actions");
        VBox all = new VBox(column.node(), buttons);
        all.getStyleClass().add("wf-section-form");
        all.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                cancel();
                event.consume();
            }
        });
        password.busyProperty().subscribe(busy -> {
            all.setDisable(busy);
            submit.setText(busy ? "Changing ..." : "Change password");
        });
        return all;
    }

    private void cancel() {
        model.password().clear();
        model.changingPasswordProperty().set(false);
    }

    private void show(boolean changing) {
        Label rule = Section.sentence(PasswordModel.RULE + " A change ends your sign-ins everywhere but here.");
        if (changing) {
            section.actions();
            section.body(rule, fields);
            old.requestFocus();
        } else {
            boolean inside = section.getScene() != null && section.isFocusWithin();
            section.actions(change);
            section.body(rule);
            if (inside) {
                change.requestFocus();
            }
        }
    }
}
