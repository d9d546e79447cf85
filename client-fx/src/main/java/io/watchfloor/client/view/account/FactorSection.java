package io.watchfloor.client.view.account;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.account.FactorModel.Task;
import io.watchfloor.client.view.factor.CodeSheet;
import io.watchfloor.client.view.factor.FactorSetup;
import io.watchfloor.client.view.factor.FactorSetupView;
import io.watchfloor.client.view.factor.RecoveryCodesView;
import io.watchfloor.client.view.signin.FieldColumn;
import io.watchfloor.protocol.rest.FactorState;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One's second factor: how it stands, and what is done to it, one thing at a time. FX thread only.
final class FactorSection {

    private final FactorModel model;
    private final AccountModel.Who who;
    private final RecoveryCodesView.Place place;
    private final Section section = new Section("Second factor");
    private final Label state;
    private final Label warning;

    FactorSection(FactorModel model, AccountModel.Who who, RecoveryCodesView.Place place) {
        this.model = model;
        this.who = who;
        this.place = place;
        state = FieldColumn.line(model.textProperty(), Styles.MUTED);
        state.setId("factor-state");
        warning = FieldColumn.line(model.warningProperty(), Styles.WARN_TEXT);
        FieldColumn.count(model.pause());
        model.stateProperty().subscribe(_ -> show());
        model.taskProperty().subscribe(_ -> show());
        section.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && mayCancel()) {
                model.cancel();
                event.consume();
            }
        });
    }

    Node node() {
        return section;
    }

    /// Codes that are shown this one time are not lost by a key.
    private boolean mayCancel() {
        return switch (model.taskProperty().get()) {
            case Task.None _, Task.Showing _ -> false;
            case Task.Adding(FactorSetup setup) -> !(setup.stepProperty().get() instanceof FactorSetup.Step.Codes);
            case Task.AskingForCodes _, Task.AskingToRemove _ -> true;
        };
    }

    private @Nullable Task shown;

    private void show() {
        Task task = model.taskProperty().get();
        if (task.equals(shown) && !(task instanceof Task.None)) {
            return; // what is under way is not disturbed by a new word on how it stands
        }
        boolean inside = shown != null && section.isFocusWithin();
        shown = task;
        Node[] offers = task instanceof Task.None ? offers() : new Node[0];
        section.actions(offers);
        switch (task) {
            case Task.None() -> {
                section.body(state, warning);
                if (inside) {
                    offers[0].requestFocus();
                }
            }
            case Task.Adding(FactorSetup setup) -> {
                FactorSetupView view = new FactorSetupView(setup, who.name(), who.server(), place);
                section.body(narrow(view.node(), cancel()));
                view.focus();
            }
            case Task.AskingForCodes() -> ask("The recovery codes you have now will be void.", "Make new codes", false);
            case Task.AskingToRemove() -> ask("From then on your password alone signs in.", "Remove it", true);
            case Task.Showing(List<String> codes) -> {
                RecoveryCodesView view = new RecoveryCodesView(new CodeSheet(who.name(), who.server(), codes), place,
                        model::kept);
                section.body(narrow(view));
                view.focus();
            }
        }
    }

    private Node[] offers() {
        FactorState known = model.stateProperty().get();
        if (known == null) {
            return new Node[]{offer("Try again", "factor-retry", model::refresh)};
        }
        if (!known.active()) {
            return new Node[]{offer("Add", "factor-add", model::add)};
        }
        Button change = offer("Change", "factor-change", model::add);
        Button codes = offer("New recovery codes", "factor-codes", model::askForCodes);
        return known.required()
                ? new Node[]{codes, change}
                : new Node[]{codes, change, offer("Remove", "factor-remove", model::askToRemove)};
    }

    private static Button offer(String text, String id, Runnable action) {
        Button button = new Button(text);
        button.setId(id);
        button.setOnAction(_ -> action.run());
        return button;
    }

    private Button cancel() {
        Button cancel = offer("Cancel", "factor-cancel", model::cancel);
        if (model.taskProperty().get() instanceof Task.Adding(FactorSetup setup)) {
            setup.stepProperty().subscribe(step -> {
                boolean may = !(step instanceof FactorSetup.Step.Codes);
                cancel.setVisible(may);
                cancel.setManaged(may);
            });
        }
        return cancel;
    }

    private void ask(String what, String action, boolean danger) {
        PasswordField password = new PasswordField();
        password.setId("factor-password");
        // each section has a default button of its own, and the scene only one
        password.setOnAction(_ -> model.submit());
        password.textProperty().bindBidirectional(model.passwordProperty());
        FieldColumn column = new FieldColumn();
        column.add("Your password", password, model.errorProperty());
        Button submit = offer(action, "factor-submit", model::submit);
        submit.setDefaultButton(true);
        if (danger) {
            submit.getStyleClass().add(Styles.DANGER);
        }
        HBox buttons = new HBox(submit, cancel());
        buttons.getStyleClass().add("wf-section-actions");
        VBox form = new VBox(column.node(), buttons);
        form.getStyleClass().add("wf-section-form");
        model.busyProperty().subscribe(form::setDisable);
        section.body(Section.sentence(what), form);
        password.requestFocus();
    }

    private static VBox narrow(Node... parts) {
        VBox form = new VBox(parts);
        form.getStyleClass().add("wf-section-form");
        return form;
    }
}
