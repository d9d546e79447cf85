package io.watchfloor.client.app;

import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.dashboard.DashboardView;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.util.Duration;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Saves a picture of the window once every widget of the open dashboard shows fresh data. FX thread only.
final class Shot {

    static final int WIDTH = 1600;
    static final int HEIGHT = 1000;

    private static final Duration LOOK = Duration.millis(250);
    private static final long PATIENCE = 120_000_000_000L;
    /// Looks in a row that found everything fresh: one alone might have been luck.
    private static final int STEADY = 4;
    /// Tables and scroll bars find their sizes step by step.
    private static final int PASSES = 3;

    private final Scene scene;
    private final Theme theme;
    private final Path file;
    private final Supplier<@Nullable SignedIn> signedIn;
    private final IntConsumer end;
    private final Timeline watch = new Timeline(new KeyFrame(LOOK, _ -> look()));
    private final long started = System.nanoTime();
    private int fresh;
    private boolean over;

    /// @param end told the exit status
    Shot(Scene scene, Theme theme, Path file, Supplier<@Nullable SignedIn> signedIn, IntConsumer end) {
        this.scene = scene;
        this.theme = theme;
        this.file = file;
        this.signedIn = signedIn;
        this.end = end;
    }

    void start() {
        watch.setCycleCount(Animation.INDEFINITE);
        watch.play();
    }

    void stop() {
        over = true;
        watch.stop();
    }

    /// No picture can be taken.
    void fail(String why) {
        if (!over) {
            stop();
            System.err.println("No picture was taken: " + why);
            end.accept(WindowedProgram.FAILED);
        }
    }

    private void look() {
        List<String> missing = missing();
        fresh = missing.isEmpty() ? fresh + 1 : 0;
        if (fresh >= STEADY) {
            take();
        } else if (System.nanoTime() - started > PATIENCE) {
            fail(String.join("; ", missing) + ".");
        }
    }

    private List<String> missing() {
        SignedIn now = signedIn.get();
        DashboardView view = now == null ? null : now.view();
        if (now == null) {
            return List.of("nobody is signed in");
        }
        if (view == null) {
            return List.of("there is no such dashboard");
        }
        return now.joined() ? view.unready() : List.of("the dashboard could not be joined");
    }

    /// The window's content in a scene of its own, because the screen may be smaller than the picture.
    private WritableImage drawn(@Nullable SignedIn now) {
        Parent content = scene.getRoot();
        scene.setRoot(new Pane());
        Scene picture = new Scene(content, WIDTH, HEIGHT);
        Theme.apply(picture, theme);
        content.requestFocus();
        for (int pass = 0; pass < PASSES; pass++) {
            content.applyCss();
            content.layout();
            DashboardView view = now == null ? null : now.view();
            if (view != null) {
                view.drawAll();
            }
        }
        return picture.snapshot(new WritableImage(WIDTH, HEIGHT));
    }

    private void take() {
        stop();
        WritableImage image = drawn(signedIn.get());
        // without an alpha channel, which a picture of a window does not need
        BufferedImage picture = SwingFXUtils.fromFXImage(image,
                new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
        try {
            if (!ImageIO.write(picture, "png", file.toFile())) {
                throw new IOException("this Java cannot write PNG");
            }
            end.accept(0);
        } catch (IOException e) {
            System.err.println("The picture cannot be written to " + file + " (" + e.getMessage() + ").");
            end.accept(WindowedProgram.FAILED);
        }
    }
}
