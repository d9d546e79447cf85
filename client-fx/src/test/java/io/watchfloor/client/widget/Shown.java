package io.watchfloor.client.widget;

import io.watchfloor.client.theme.Theme;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// A node in a scene of its own, laid out and styled. FX thread only.
public final class Shown {

    private Shown() {}

    /// Gives a node a size and everything a scene gives.
    public static <N extends Region> N in(N node, double width, double height) {
        node.setManaged(false); // keeps its size
        Pane parent = new Pane(node);
        Scene scene = new Scene(parent, width, height);
        Theme.apply(scene, Theme.DARK);
        node.resize(width, height);
        settle(parent);
        return node;
    }

    /// Lets a change take effect.
    public static void settle(Parent node) {
        Parent root = node.getScene().getRoot();
        root.applyCss();
        root.layout();
        root.layout();
    }

    /// How many pixels of a picture are unlike the one in the corner.
    public static int painted(Region node) {
        WritableImage image = node.snapshot(null, null);
        int ground = image.getPixelReader().getArgb(0, 0);
        int painted = 0;
        for (int y = 0; y < (int) image.getHeight(); y++) {
            for (int x = 0; x < (int) image.getWidth(); x++) {
                painted += image.getPixelReader().getArgb(x, y) == ground ? 0 : 1;
            }
        }
        return painted;
    }
}
