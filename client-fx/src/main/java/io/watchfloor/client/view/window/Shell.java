package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.signin.Wordmark;
import io.watchfloor.client.widget.Icons;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What a signed-in window shows: the rail, a screen, toasts over it, the status line. FX thread only.
public final class Shell {

    /// What the rail's buttons do.
    public interface Actions {

        void showDashboards();

        void switchTheme();

        void signOut();
    }

    private final BorderPane root = new BorderPane();
    private final StackPane stage = new StackPane();
    private final Toasts toasts = new Toasts();
    private final ToggleButton dashboards;

    /// @param account name of who is signed in
    public Shell(String account, StatusLine status, Actions actions) {
        dashboards = new ToggleButton("", Icons.of(Feather.LAYOUT));
        dashboards.setId("rail-dashboards");
        name(dashboards, "Dashboards");
        dashboards.setOnAction(_ -> actions.showDashboards());
        Button theme = railButton(Feather.SUN, "rail-theme", "Light or dark");
        theme.setOnAction(_ -> actions.switchTheme());
        Button user = railButton(Feather.USER, "rail-account", account);
        MenuItem signOut = new MenuItem("Sign out");
        signOut.setId("sign-out");
        signOut.setOnAction(_ -> actions.signOut());
        MenuItem who = new MenuItem("Signed in as " + account);
        who.setDisable(true);
        ContextMenu menu = new ContextMenu(who, signOut);
        user.setOnAction(_ -> menu.show(user, Side.RIGHT, 4, 0));
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        Wordmark mark = new Wordmark();
        mark.getStyleClass().add("wf-rail-mark");
        VBox rail = new VBox(mark, dashboards, space, theme, user);
        rail.getStyleClass().add(Styles.RAIL);
        StackPane.setAlignment(toasts.node(), Pos.BOTTOM_CENTER);
        StackPane center = new StackPane(stage, toasts.node());
        root.setLeft(rail);
        root.setCenter(center);
        root.setBottom(status.node());
        root.getStyleClass().add(Styles.GROUND);
    }

    public Parent node() {
        return root;
    }

    public Toasts toasts() {
        return toasts;
    }

    /// Shows a screen in the middle.
    ///
    /// @param list whether it is the list of dashboards
    public void show(Node screen, boolean list) {
        stage.getChildren().setAll(screen);
        dashboards.setSelected(list);
    }

    private static Button railButton(Feather icon, String id, String name) {
        Button button = new Button("", Icons.of(icon));
        button.setId(id);
        name(button, name);
        return button;
    }

    private static void name(javafx.scene.control.ButtonBase button, String name) {
        button.getStyleClass().add("wf-rail-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
    }
}
