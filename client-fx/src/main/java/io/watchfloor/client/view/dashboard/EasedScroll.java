package io.watchfloor.client.view.dashboard;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.control.ScrollPane;

/// Scrolls to where somebody else is: quickly but so that the eye can follow, or at once where less motion is wanted. FX
/// thread only.
final class EasedScroll {

    private static final double EASE = 60_000_000.0;
    private static final double NEAR = 0.5;

    private final ScrollPane scroll;
    private double target;
    private boolean moving;
    private final AnimationTimer timer = new AnimationTimer() {

        private long last;

        @Override
        public void start() {
            last = 0;
            super.start();
        }

        @Override
        public void handle(long now) {
            double passed = last == 0 ? 16_000_000 : now - last;
            last = now;
            step(passed);
        }
    };

    EasedScroll(ScrollPane scroll) {
        this.scroll = scroll;
    }

    /// Pixels that are not in sight.
    double hidden() {
        return Math.max(0, scroll.getContent().getLayoutBounds().getHeight() - scroll.getViewportBounds().getHeight());
    }

    /// Pixels above what is in sight.
    double top() {
        return hidden() * scroll.getVvalue();
    }

    /// @param top pixels that are to be above what is in sight
    void to(double top) {
        target = Math.clamp(top, 0, hidden());
        if (Platform.getPreferences().isReducedMotion()) {
            set(target);
        } else if (!moving && Math.abs(top() - target) > NEAR) {
            moving = true;
            timer.start();
        }
    }

    void stop() {
        moving = false;
        timer.stop();
    }

    private void step(double nanos) {
        double left = target - top();
        if (Math.abs(left) <= NEAR) {
            set(target);
            stop();
        } else {
            set(target - left * Math.exp(-nanos / EASE));
        }
    }

    private void set(double top) {
        double hidden = hidden();
        if (hidden > 0) {
            scroll.setVvalue(Math.clamp(top / hidden, 0, 1));
        }
    }
}
