package io.watchfloor.client.view.account;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.factor.RecoveryCodesView;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.widget.Icons;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;

/// The page of one's own account; asks the server for news of it every few seconds while it is shown. FX thread only.
public final class AccountView implements Screen {

    private static final Duration REFRESH = Duration.seconds(10);

    private final ScrollPane scroll = new ScrollPane();
    private final Timeline refresh;

    /// @param place where recovery codes may be saved to
    public AccountView(AccountModel model, RecoveryCodesView.Place place) {
        AccountModel.Who who = model.who();
        Label name = new Label(who.name());
        name.getStyleClass().add(Styles.DIALOG_TITLE);
        Label role = new Label(who.roleText());
        role.getStyleClass().add(Styles.MUTED);
        VBox text = new VBox(name, role);
        text.getStyleClass().add("wf-row-text");
        HBox.setHgrow(text, Priority.ALWAYS);
        Button signOut = new Button("Sign out", Icons.of(Feather.LOG_OUT));
        signOut.setId("sign-out");
        signOut.setOnAction(_ -> model.signOut());
        HBox head = new HBox(text, signOut);
        head.getStyleClass().add("wf-account-head");
        VBox column = new VBox(head, new PasswordSection(model).node(),
                new FactorSection(model.factor(), who, place).node(), new SignInsSection(model.signIns()).node());
        column.getStyleClass().addAll("wf-dashboard-list", "wf-account");
        VBox page = new VBox(column);
        page.getStyleClass().add(Styles.PAGE);
        scroll.setContent(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        refresh = new Timeline(new KeyFrame(REFRESH, _ -> model.refresh()));
        refresh.setCycleCount(Animation.INDEFINITE);
        refresh.play();
        model.refresh();
    }

    @Override
    public Node node() {
        return scroll;
    }

    /// Ends the asking.
    @Override
    public void dispose() {
        refresh.stop();
    }
}
