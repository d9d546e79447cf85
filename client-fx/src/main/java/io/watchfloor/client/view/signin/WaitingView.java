package io.watchfloor.client.view.signin;

import io.watchfloor.client.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The screen while a sign-in that needs no typing is under way, or has to wait for the server. FX thread only.
public final class WaitingView {

    private final Label sentence = new Label();
    private final Button again = new Button("Try now");
    private final HBox actions;
    private final StackPane screen;

    /// @param retry tries at once
    /// @param other shows the sign-in screen instead
    public WaitingView(Runnable retry, Runnable other) {
        again.setId("retry");
        again.setDefaultButton(true);
        again.setOnAction(_ -> retry.run());
        Button signIn = new Button("Sign in with a password");
        signIn.setId("other-sign-in");
        signIn.setOnAction(_ -> other.run());
        sentence.setWrapText(true);
        sentence.setMinHeight(Label.USE_PREF_SIZE);
        sentence.setId("waiting");
        again.managedProperty().bind(again.visibleProperty());
        actions = new HBox(signIn, again);
        actions.getStyleClass().add(Styles.DIALOG_ACTIONS);
        VBox column = new VBox(new Wordmark(), sentence, actions);
        column.getStyleClass().add("wf-waiting");
        screen = new StackPane(column);
        screen.getStyleClass().add(Styles.GROUND);
        StackPane.setAlignment(column, Pos.CENTER);
    }

    public Node node() {
        return screen;
    }

    /// It is under way.
    public void waiting(String text) {
        sentence.setText(text);
        actions.setVisible(false);
    }

    /// It is under way, and takes so long that one may want to go on without.
    public void held(String text) {
        sentence.setText(text);
        actions.setVisible(true);
        again.setVisible(false);
    }

    /// It did not work; it will be tried again.
    public void failed(String text) {
        sentence.setText(text);
        actions.setVisible(true);
        again.setVisible(true);
        again.requestFocus();
    }
}
