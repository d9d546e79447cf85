package io.watchfloor.client;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import org.testfx.util.WaitForAsyncUtils;

/// The FX thread on the headless platform, started once for all tests of a run. Thread-safe.
public final class FxThread {

    private static final long HANG_SECONDS = 120;
    /// A timer is told of a pulse before its layout, so that these are two layouts.
    private static final int PULSES = 3;

    static {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        CountDownLatch started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException e) { // somebody else has started it
            started.countDown();
        }
        Platform.setImplicitExit(false);
        await(started);
    }

    private FxThread() {}

    /// Runs a task there and gives its result; what it throws is thrown here.
    public static <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Platform.runLater(future);
        try {
            return future.get(HANG_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the FX thread hangs", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    /// Runs a task there.
    public static void run(Runnable task) throws Exception {
        call(() -> {
            task.run();
            return true;
        });
    }

    /// The middle of what is seen of a node, on the screen, for a robot to go to. A robot that is given the node asks for its
    /// bounds on the test's thread, while the FX thread may be computing them: either then gets them wrong, or fails.
    public static Point2D middle(Callable<? extends Node> node) {
        return WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(HANG_SECONDS), () -> {
            Node found = node.call();
            Scene scene = found.getScene();
            Bounds bounds = found.localToScene(found.getLayoutBounds());
            double x = (Math.max(0, bounds.getMinX()) + Math.min(scene.getWidth(), bounds.getMaxX())) / 2;
            double y = (Math.max(0, bounds.getMinY()) + Math.min(scene.getHeight(), bounds.getMaxY())) / 2;
            return scene.getRoot().localToScreen(scene.getRoot().sceneToLocal(x, y));
        });
    }

    /// Waits until what was begun is done and laid out, as people see it before they do anything; not for the FX thread.
    public static void settle() {
        CountDownLatch seen = new CountDownLatch(PULSES);
        AnimationTimer pulses = WaitForAsyncUtils.waitForAsyncFx(TimeUnit.SECONDS.toMillis(HANG_SECONDS), () -> {
            AnimationTimer timer = new AnimationTimer() {

                @Override
                public void handle(long now) {
                    seen.countDown();
                }
            };
            timer.start();
            return timer;
        });
        await(seen);
        Platform.runLater(pulses::stop);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void await(CountDownLatch started) {
        try {
            if (!started.await(HANG_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the JavaFX toolkit does not start, or draws nothing");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
