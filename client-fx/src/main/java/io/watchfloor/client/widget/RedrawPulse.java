package io.watchfloor.client.widget;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.animation.Animation;
import javafx.animation.AnimationTimer;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.util.Duration;
import javafx.util.Subscription;

/// Redraws what has become dirty, once per pulse however many samples came. Marking costs one hop to the FX thread for a
/// whole pulse, never one per sample; with nothing dirty there is no pulse at all. Everything registered is marked once a
/// second besides, because time axes move and ages grow without data.
///
/// [#mark] is thread-safe; everything else FX thread only.
public final class RedrawPulse implements AutoCloseable {

    private static final Duration BEAT = Duration.seconds(1);

    private final Executor fxThread;
    private final Set<Redrawable> registered = ConcurrentHashMap.newKeySet();
    private final Set<Redrawable> dirty = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean requested = new AtomicBoolean();
    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            stop();
            requested.set(false); // first, so that a mark made while drawing asks for the next pulse
            drain();
        }
    };
    private final Timeline beat = new Timeline(new KeyFrame(BEAT, event -> registered.forEach(this::mark)));

    /// @param fxThread runs its tasks on the FX thread: `Platform::runLater` in the application
    public RedrawPulse(Executor fxThread) {
        this.fxThread = fxThread;
        beat.setCycleCount(Animation.INDEFINITE);
        beat.play();
    }

    /// Keeps something up to date until the subscription ends.
    public Subscription register(Redrawable widget) {
        registered.add(widget);
        mark(widget);
        return () -> {
            registered.remove(widget);
            dirty.remove(widget);
        };
    }

    /// Asks for a redraw in the next pulse. Ignored unless registered.
    public void mark(Redrawable widget) {
        if (registered.contains(widget)) {
            dirty.add(widget);
            // also where it was dirty already: it was out of sight in the last pulse, and may be in sight now
            if (requested.compareAndSet(false, true)) {
                fxThread.execute(timer::start);
            }
        }
    }

    /// Redraws at once what is dirty and in sight.
    public void drain() {
        for (Iterator<Redrawable> all = dirty.iterator(); all.hasNext();) {
            Redrawable widget = all.next();
            if (widget.isInSight()) {
                all.remove(); // before drawing: a sample that comes meanwhile marks it again
                widget.redraw();
            }
        }
    }

    @Override
    public void close() {
        beat.stop();
        timer.stop();
        registered.clear();
        dirty.clear();
    }
}
