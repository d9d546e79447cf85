package io.watchfloor.client.widget;

import io.watchfloor.client.format.Ages;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.text.PlainText;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;

/// What every widget has around its body: the title, a mark where the data is not fresh, a menu that shows when it is
/// wanted, the outline of a selection, and a corner for resizing. The dashboard view drags it by [#header] and resizes it
/// by [#resizeHandle]. FX thread only.
public final class WidgetFrame extends Region {

    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");

    private final Region body;
    private final Label title = new Label();
    private final Label freshness = new Label();
    private final Button menuButton = new Button();
    private final ContextMenu menu = new ContextMenu();
    private final HBox header = new HBox(title, freshness, menuButton);
    private final StackPane content;
    private final Label message = new Label();
    private final Tooltip messageTip = new Tooltip();
    private final Label empty = new Label();
    private final StackPane resizeArea = new StackPane(new Region());
    private final Rectangle clip = new Rectangle();
    private final BooleanProperty readOnly = new SimpleBooleanProperty(this, "readOnly");
    private WidgetState state = WidgetState.WAITING;
    private long shownAt;
    private boolean dragged;

    /// @param body chart, metric, table or whatever else the widget shows
    public WidgetFrame(Region body) {
        this.body = body;
        content = new StackPane(body);
        getStyleClass().add("wf-widget");
        header.getStyleClass().add("wf-widget-header");
        title.getStyleClass().add("wf-widget-title");
        title.setMaxWidth(Double.MAX_VALUE);
        title.setMinWidth(0);
        HBox.setHgrow(title, Priority.ALWAYS);
        freshness.getStyleClass().add("wf-widget-freshness");
        freshness.setMinWidth(USE_PREF_SIZE);
        freshness.setGraphic(Icons.of(Feather.CLOCK));
        menuButton.getStyleClass().addAll(Styles.ICON_BUTTON, "wf-widget-menu");
        menuButton.setGraphic(Icons.of(Feather.MORE_HORIZONTAL));
        menuButton.setAccessibleText("Widget menu");
        menuButton.setOnAction(event -> showMenu());
        content.getStyleClass().add("wf-widget-content");
        content.setMinSize(0, 0);
        content.setClip(clip);
        message.getStyleClass().add("wf-widget-message");
        message.setTooltip(messageTip);
        message.setGraphic(Icons.of(Feather.ALERT_TRIANGLE));
        empty.getStyleClass().add("wf-widget-empty");
        empty.setMouseTransparent(true);
        resizeArea.getStyleClass().add("wf-widget-resize-area");
        resizeArea.getChildren().getFirst().getStyleClass().add("wf-widget-resize");
        getChildren().addAll(header, content, empty, message, resizeArea);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        accessibleTextProperty().bind(title.textProperty());
        setOnContextMenuRequested(event -> {
            if (!menu.getItems().isEmpty()) {
                menu.show(this, event.getScreenX(), event.getScreenY());
                event.consume();
            }
        });
        setOnKeyPressed(event -> {
            if (event.getTarget() == this && event.getCode() == KeyCode.CONTEXT_MENU) {
                showMenu();
                event.consume();
            }
        });
        for (var trigger : List.of(hoverProperty(), menu.showingProperty(), readOnly,
                sceneProperty().flatMap(Scene::focusOwnerProperty))) {
            trigger.subscribe(this::showControls);
        }
        showControls();
        setState(WidgetState.WAITING, 0);
    }

    public void setTitle(String text) {
        title.setText(PlainText.line(text));
    }

    public String title() {
        return title.getText();
    }

    /// How far the content can be trusted. The text of an age follows through [#tick].
    ///
    /// @param now milliseconds since 1970 UTC, by the clock that stamps the samples
    public void setState(WidgetState newState, long now) {
        state = newState;
        shownAt = now;
        boolean stale = newState instanceof WidgetState.Stale;
        boolean failed = newState instanceof WidgetState.Failed;
        pseudoClassStateChanged(STALE, stale);
        pseudoClassStateChanged(FAILED, failed);
        freshness.setVisible(stale);
        freshness.setManaged(stale);
        message.setVisible(failed);
        empty.setVisible(false);
        body.setVisible(true);
        switch (newState) {
            case WidgetState.Waiting() -> {
                empty.setText("Waiting for data");
                empty.setVisible(true);
                body.setVisible(false);
            }
            case WidgetState.Empty(String advice) -> {
                empty.setText(advice);
                empty.setVisible(true);
                body.setVisible(false);
            }
            case WidgetState.Fresh() -> {}
            case WidgetState.Stale(long since) -> freshness.setText(Ages.text(now - since));
            case WidgetState.Failed(String text) -> {
                message.setText(text);
                messageTip.setText(text);
            }
        }
        requestLayout();
    }

    public WidgetState state() {
        return state;
    }

    /// Lets the age of stale data grow.
    public void tick(long now) {
        if (state instanceof WidgetState.Stale && now / 1_000 != shownAt / 1_000) {
            setState(state, now);
        }
    }

    /// One's own selection.
    public void setSelected(boolean selected) {
        pseudoClassStateChanged(Styles.SELECTED, selected);
    }

    /// While it is being moved or resized.
    public void setDragged(boolean dragged) {
        this.dragged = dragged;
        pseudoClassStateChanged(Styles.DRAGGED, dragged);
        showControls();
    }

    /// A widget that cannot be edited has no resize corner; its menu holds what the view puts there.
    public BooleanProperty readOnlyProperty() {
        return readOnly;
    }

    public ObservableList<MenuItem> menuItems() {
        return menu.getItems();
    }

    /// What the widget is dragged by.
    public Node header() {
        return header;
    }

    /// The corner at the lower right.
    public Node resizeHandle() {
        return resizeArea;
    }

    public Region body() {
        return body;
    }

    private void showMenu() {
        menu.show(menuButton, Side.BOTTOM, 0, 4);
    }

    private void showControls() {
        boolean wanted = isHover() || menu.isShowing() || holdsKeyboardFocus();
        menuButton.setOpacity(wanted && !menu.getItems().isEmpty() ? 1 : 0);
        // a handle that vanished under a fast pointer would lose the drag
        resizeArea.setVisible((wanted || dragged) && !readOnly.get());
    }

    /// Not [#isFocusWithin]: a table's rows count as focused there although they are not.
    private boolean holdsKeyboardFocus() {
        Scene scene = getScene();
        Node owner = scene == null ? null : scene.getFocusOwner();
        boolean visible = owner != null && owner.isFocusVisible();
        while (owner != null && owner != this) {
            owner = owner.getParent();
        }
        return visible && owner == this;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double headerHeight = header.prefHeight(-1);
        header.resizeRelocate(1, 1, Math.max(0, width - 2), headerHeight);
        double top = 1 + headerHeight;
        double line = message.isVisible() ? Math.ceil(message.prefHeight(width - 2)) : 0;
        message.resizeRelocate(1, top, Math.max(0, width - 2), line);
        double contentHeight = Math.max(0, height - top - line - 1);
        content.resizeRelocate(1, top + line, Math.max(0, width - 2), contentHeight);
        clip.setWidth(Math.max(0, width - 2));
        clip.setHeight(contentHeight);
        empty.resizeRelocate(1, top, Math.max(0, width - 2), contentHeight);
        double corner = resizeArea.prefWidth(-1);
        resizeArea.resizeRelocate(width - corner - 1, height - corner - 1, corner, corner);
    }

    /// Where the body stands in this frame.
    public Bounds contentBounds() {
        return content.getBoundsInParent();
    }
}
