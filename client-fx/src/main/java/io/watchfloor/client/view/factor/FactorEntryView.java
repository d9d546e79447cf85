package io.watchfloor.client.view.factor;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.signin.EntryScreen;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// The screen for a second factor that must be added before one is let in. FX thread only.
public final class FactorEntryView {

    private final FactorSetupView setup;
    private final Node screen;

    /// @param other leads back to signing in
    public FactorEntryView(FactorSetup model, FactorSetupView setup, Runnable other) {
        this.setup = setup;
        Label title = new Label("Add a second factor");
        title.getStyleClass().add(Styles.DIALOG_TITLE);
        Label why = new Label("Your role has to have one: with it, a stolen password alone lets nobody in.");
        why.getStyleClass().add(Styles.MUTED);
        why.setWrapText(true);
        why.setMinHeight(Label.USE_PREF_SIZE);
        Button leave = new Button("Sign in as somebody else");
        leave.setId("factor-leave");
        leave.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        leave.setOnAction(_ -> other.run());
        // those who have one now go on
        model.stepProperty().subscribe(step -> {
            boolean may = !(step instanceof FactorSetup.Step.Codes);
            leave.setVisible(may);
            leave.setManaged(may);
        });
        VBox card = new VBox(title, why, setup.node(), leave);
        card.getStyleClass().add("wf-entry");
        screen = EntryScreen.around(card);
    }

    public Node node() {
        return screen;
    }

    /// Puts the focus where the step is done.
    public void focus() {
        setup.focus();
    }
}
