package io.watchfloor.client.app;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/// The program's mark for task bars and window lists, drawn for each usual size: three bars of a live reading, the last
/// one lit. FX thread only.
final class WindowIcon {

    private static final Color GROUND = Color.web("#14181e");
    private static final Color BAR = Color.web("#9aa4b2");
    private static final Color LIT = Color.web("#6aa8f7");
    private static final double[] HEIGHTS = {0.35, 0.7, 0.5};

    private WindowIcon() {}

    static List<Image> sizes() {
        List<Image> sizes = new ArrayList<>();
        for (int size : new int[]{16, 32, 64, 128}) {
            sizes.add(draw(size));
        }
        return sizes;
    }

    private static Image draw(int size) {
        WritableImage image = new WritableImage(size, size);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                image.getPixelWriter().setColor(x, y, colour((x + 0.5) / size, (y + 0.5) / size));
            }
        }
        return image;
    }

    private static Color colour(double x, double y) {
        double fromCorner = Math.hypot(Math.max(0, Math.abs(x - 0.5) - 0.3), Math.max(0, Math.abs(y - 0.5) - 0.3));
        if (fromCorner > 0.2) {
            return Color.TRANSPARENT;
        }
        for (int bar = 0; bar < HEIGHTS.length; bar++) {
            double left = 0.2 + bar * 0.22;
            if (x >= left && x < left + 0.16 && y <= 0.85 && y >= 0.85 - HEIGHTS[bar]) {
                return bar == HEIGHTS.length - 1 ? LIT : BAR;
            }
        }
        return GROUND;
    }
}
