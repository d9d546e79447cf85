package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.text.PlainText;
import javafx.animation.FadeTransition;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.shape.SVGPath;
import javafx.util.Duration;

/// A colleague's pointer: a small arrow in his colour. His name stands beside it while it moves and fades two seconds
/// after; the arrow itself pales when it has not moved for long. FX thread only.
final class PersonCursor extends Group {

    private static final String ARROW = "M0 0 L0 15.5 L4.3 11.6 L7 17.6 L9.7 16.4 L7 10.6 L12.6 10.4 Z";
    private static final long NAMED = 2_000;
    private static final long AWAKE = 15_000;
    private static final double PALE = 0.35;
    private static final Duration FADE = Duration.millis(180);
    /// How fast it follows: time in which a third of the way is left.
    private static final double EASE = 45_000_000.0;

    private final SVGPath arrow = new SVGPath();
    private final Label name;
    private double targetX;
    private double targetY;
    private long moved;
    private boolean placed;
    private boolean named = true;

    PersonCursor(String text) {
        arrow.setContent(ARROW);
        arrow.getStyleClass().add("wf-cursor-arrow");
        name = new Label(PlainText.line(text));
        name.getStyleClass().add("wf-colleague-tag");
        name.relocate(12, 15);
        getChildren().addAll(arrow, name);
        setManaged(false);
        setMouseTransparent(true);
    }

    /// @param color number of the person's colour
    void color(int color) {
        String style = Styles.person(color);
        if (!getStyleClass().contains(style)) {
            getStyleClass().removeIf(each -> each.startsWith("wf-person-"));
            getStyleClass().add(style);
        }
    }

    /// The pointer is somewhere, in pixels. The first time it is there at once, later it goes there.
    ///
    /// @param now milliseconds
    /// @param eased whether to go or to jump
    void aim(double x, double y, long now, boolean eased) {
        if (!placed || x != targetX || y != targetY) {
            moved = now;
            targetX = x;
            targetY = y;
            show(name, true, 1);
            named = true;
            arrow.setOpacity(1);
        }
        if (!placed || !eased) {
            placed = true;
            setTranslateX(x);
            setTranslateY(y);
        }
    }

    /// Fades what has not moved for some time.
    void age(long now) {
        if (named && now - moved > NAMED) {
            named = false;
            show(name, false, 0);
        }
        if (now - moved > AWAKE) {
            arrow.setOpacity(PALE);
        }
    }

    private static void show(Node node, boolean at, double opacity) {
        if (at) {
            node.setOpacity(opacity);
        } else {
            FadeTransition fade = new FadeTransition(FADE, node);
            fade.setToValue(opacity);
            fade.play();
        }
    }

    /// Goes on towards where it aims.
    ///
    /// @param nanos since the last step
    /// @return whether it is there
    boolean step(double nanos) {
        double left = Math.exp(-nanos / EASE);
        double dx = targetX - getTranslateX();
        double dy = targetY - getTranslateY();
        boolean there = Math.abs(dx) < 0.5 && Math.abs(dy) < 0.5;
        setTranslateX(there ? targetX : targetX - dx * left);
        setTranslateY(there ? targetY : targetY - dy * left);
        return there;
    }
}
