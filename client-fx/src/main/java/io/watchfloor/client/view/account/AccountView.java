package io.watchfloor.client.view.account;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.widget.Icons;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The page of one's own account. FX thread only.
public final class AccountView implements Screen {

    private final ScrollPane scroll = new ScrollPane();
    private final Button signOut = new Button("Sign out", Icons.of(Feather.LOG_OUT));

    public AccountView(AccountModel model) {
        Label name = new Label(model.name());
        name.getStyleClass().add(Styles.DIALOG_TITLE);
        Label role = new Label(model.roleText());
        role.getStyleClass().add(Styles.MUTED);
        VBox who = new VBox(name, role);
        HBox.setHgrow(who, Priority.ALWAYS);
        signOut.setId("sign-out");
        signOut.setOnAction(_ -> model.signOut());
        HBox head = new HBox(who, signOut);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox column = new VBox(head);
        column.getStyleClass().add("wf-dashboard-list");
        VBox page = new VBox(column);
        page.getStyleClass().add(Styles.PAGE);
        scroll.setContent(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
    }

    @Override
    public Node node() {
        return scroll;
    }

    @Override
    public void dispose() {}
}
