package io.watchfloor.client.view.factor;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.factor.FactorSetup.Step;
import io.watchfloor.client.view.signin.FieldColumn;
import io.watchfloor.protocol.rest.FactorEnrolment;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The steps of adding a second factor, one at a time. FX thread only.
public final class FactorSetupView {

    private static final int GROUP = 4;

    private final StackPane node = new StackPane();
    private final FactorSetup model;
    private final String account;
    private final String server;
    private final RecoveryCodesView.Place place;
    private Runnable focus = () -> {};

    /// @param account whose factor it is
    /// @param server as people write it
    public FactorSetupView(FactorSetup model, String account, String server, RecoveryCodesView.Place place) {
        this.model = model;
        this.account = account;
        this.server = server;
        this.place = place;
        FieldColumn.count(model.pause());
        model.stepProperty().subscribe(step -> {
            node.getChildren().setAll(switch (step) {
                case Step.Password() -> password();
                case Step.Scan(FactorEnrolment enrolment) -> scan(enrolment);
                case Step.Codes codes -> codes(codes);
            });
            focus.run();
        });
        model.busyProperty().subscribe(busy -> {
            node.setDisable(busy);
            if (!busy) {
                focus.run();
            }
        });
    }

    public Node node() {
        return node;
    }

    /// Puts the focus where the step is done.
    public void focus() {
        focus.run();
    }

    private Node password() {
        PasswordField field = new PasswordField();
        field.setId("factor-password");
        field.setOnAction(_ -> model.submit());
        field.textProperty().bindBidirectional(model.passwordProperty());
        FieldColumn fields = new FieldColumn();
        fields.add("Your password", field, model.errorProperty());
        focus = () -> over(field);
        return step(fields.node(), next("Go on", "factor-begin"));
    }

    private Node scan(FactorEnrolment enrolment) {
        Label scan = sentence("1. Scan this with an authenticator app on your phone.");
        QrPicture picture = new QrPicture(enrolment.uri(),
                "QR code for an authenticator. The key below says the same.");
        picture.setId("factor-qr");
        Label type = sentence("Or type this key into it:");
        TextField secret = new TextField(grouped(enrolment.secret()));
        secret.setId("factor-secret");
        secret.setEditable(false);
        secret.getStyleClass().add("wf-secret");
        secret.setAccessibleText("Key for the authenticator");
        HBox.setHgrow(type, Priority.ALWAYS);
        type.setMaxWidth(Double.MAX_VALUE);
        CopyButton copy = new CopyButton("the key", enrolment.secret());
        copy.setId("copy-secret");
        HBox offer = new HBox(type, copy);
        offer.getStyleClass().add("wf-factor-row");
        VBox key = new VBox(offer, secret);
        key.getStyleClass().add("wf-factor-key");
        TextField code = new TextField();
        code.setId("factor-code");
        code.setOnAction(_ -> model.submit());
        code.setPromptText("123456");
        code.textProperty().bindBidirectional(model.codeProperty());
        FieldColumn fields = new FieldColumn();
        fields.add("2. Enter the six digits that it shows", code, model.errorProperty());
        focus = () -> over(code);
        return step(scan, picture, key, fields.node(), next("Confirm", "factor-confirm"));
    }

    private Node codes(Step.Codes codes) {
        RecoveryCodesView view = new RecoveryCodesView(new CodeSheet(account, server, codes.codes()), place,
                model::submit);
        focus = view::focus;
        return new VBox(view, FieldColumn.line(model.errorProperty(), Styles.FIELD_ERROR));
    }

    private static Node step(Node... parts) {
        VBox step = new VBox(parts);
        step.getStyleClass().add("wf-factor-step");
        return step;
    }

    private Button next(String text, String id) {
        Button next = new Button(text);
        next.setId(id);
        next.setDefaultButton(true);
        next.setMaxWidth(Double.MAX_VALUE);
        next.setOnAction(_ -> model.submit());
        return next;
    }

    private static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }

    private static void over(TextField field) {
        field.requestFocus();
        field.selectAll();
    }

    /// In groups that can be read out.
    static String grouped(String secret) {
        return String.join(" ", secret.split("(?<=\\G.{" + GROUP + "})", -1)).strip();
    }
}
