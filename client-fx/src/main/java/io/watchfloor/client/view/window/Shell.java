package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.signin.Wordmark;
import io.watchfloor.client.widget.Icons;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// What a signed-in window shows: the rail, a screen, toasts over it, the status line. FX thread only.
public final class Shell {

    /// What the rail's buttons do.
    public interface Actions {

        void show(Page page);

        void switchTheme();
    }

    private final BorderPane root = new BorderPane();
    private final StackPane stage = new StackPane();
    private final Toasts toasts;
    private final Map<Page, ToggleButton> buttons = new EnumMap<>(Page.class);

    /// @param account name of who is signed in
    /// @param pages those that the account may go to
    public Shell(String account, Set<Page> pages, StatusLine status, Actions actions) {
        this(account, pages, status, actions, new Toasts());
    }

    /// With toasts that stay for another time than usual.
    ///
    /// @param account name of who is signed in
    /// @param pages those that the account may go to
    public Shell(String account, Set<Page> pages, StatusLine status, Actions actions, Toasts toasts) {
        this.toasts = toasts;
        Wordmark mark = new Wordmark();
        mark.getStyleClass().add("wf-rail-mark");
        Button theme = new Button("", Icons.of(Feather.SUN));
        theme.setId("rail-theme");
        name(theme, "Light or dark");
        theme.setOnAction(_ -> actions.switchTheme());
        Region space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        VBox rail = new VBox(mark);
        for (Page page : Page.values()) {
            if (page == Page.ACCOUNT) {
                rail.getChildren().addAll(space, theme);
            }
            if (pages.contains(page)) {
                ToggleButton button = button(page, actions);
                name(button, page == Page.ACCOUNT ? "Account: " + account : page.title());
                buttons.put(page, button);
                rail.getChildren().add(button);
            }
        }
        rail.getStyleClass().add(Styles.RAIL);
        StackPane.setAlignment(toasts.node(), Pos.BOTTOM_CENTER);
        StackPane center = new StackPane(stage, toasts.node());
        root.setLeft(rail);
        root.setCenter(center);
        root.setBottom(status.node());
        root.getStyleClass().add(Styles.GROUND);
    }

    /// Takes away what leads elsewhere, as for a wall screen.
    public void bare() {
        root.setLeft(null);
    }

    public Parent node() {
        return root;
    }

    public Toasts toasts() {
        return toasts;
    }

    /// Shows a screen in the middle.
    ///
    /// @param page that it is; null where it is none of those that the rail leads to
    public void show(Node screen, @Nullable Page page) {
        stage.getChildren().setAll(screen);
        buttons.forEach((each, button) -> button.setSelected(each == page));
    }

    private static ToggleButton button(Page page, Actions actions) {
        ToggleButton button = new ToggleButton("", Icons.of(page.icon()));
        button.setId(page.id());
        button.setOnAction(_ -> {
            // being shown is what selects it
            button.setSelected(!button.isSelected());
            actions.show(page);
        });
        return button;
    }

    private static void name(ButtonBase button, String name) {
        button.getStyleClass().add("wf-rail-button");
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
    }
}
