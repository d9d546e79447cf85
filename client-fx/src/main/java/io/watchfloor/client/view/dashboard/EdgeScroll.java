package io.watchfloor.client.view.dashboard;

import javafx.animation.AnimationTimer;
import javafx.geometry.Bounds;
import javafx.scene.control.ScrollPane;

/// Scrolls while something is dragged near the upper or lower edge, faster the nearer. FX thread only.
final class EdgeScroll {

    private static final double EDGE = 48;
    private static final double FASTEST = 14;

    private final ScrollPane scroll;
    private final Runnable scrolled;
    private double speed;
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            step();
        }
    };

    /// @param scrolled told after each step
    EdgeScroll(ScrollPane scroll, Runnable scrolled) {
        this.scroll = scroll;
        this.scrolled = scrolled;
    }

    /// Something is dragged at this height in the scene.
    void over(double sceneY) {
        Bounds viewport = scroll.localToScene(scroll.getLayoutBounds());
        double above = viewport.getMinY() + EDGE - sceneY;
        double below = sceneY - viewport.getMaxY() + EDGE;
        speed = above > 0 ? -Math.min(1, above / EDGE) * FASTEST : below > 0 ? Math.min(1, below / EDGE) * FASTEST : 0;
        if (speed == 0) {
            timer.stop();
        } else {
            timer.start();
        }
    }

    void stop() {
        speed = 0;
        timer.stop();
    }

    private void step() {
        double hidden = scroll.getContent().getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight();
        double before = scroll.getVvalue();
        if (hidden > 0 && speed != 0) {
            scroll.setVvalue(Math.clamp(before + speed / hidden, 0, 1));
        }
        if (scroll.getVvalue() == before) {
            timer.stop();
        } else {
            scrolled.run();
        }
    }
}
