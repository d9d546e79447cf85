package io.watchfloor.client.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/// The bundled font, for what is drawn on a canvas or sized by its widget; everything else names it in CSS. All its
/// figures have one width, so that a changing number stands still. Thread-safe.
public final class Typeface {

    /// Size of axis labels and captions, as in the style sheet.
    public static final double CAPTION = 11;

    private static final List<String> FILES = List.of("WatchfloorSans-Regular.otf", "WatchfloorSans-Bold.otf",
            "WatchfloorSans-Medium.otf", "WatchfloorSans-Display.otf");
    private static final Map<Font, Map<String, Double>> WIDTHS = new ConcurrentHashMap<>();
    private static final int WIDTHS_KEPT = 512;

    static {
        for (String file : FILES) {
            try (InputStream stream = Typeface.class.getResourceAsStream("fonts/" + file)) {
                if (Font.loadFont(Objects.requireNonNull(stream, file), CAPTION) == null) {
                    throw new IllegalStateException("the bundled font " + file + " cannot be read");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Typeface() {}

    /// Makes the families known to CSS. Later calls do nothing.
    public static void load() {
        caption();
    }

    /// Axis labels and captions.
    public static Font caption() {
        return Font.font("Watchfloor Sans", CAPTION);
    }

    /// Captions that carry a value.
    public static Font captionMedium() {
        return Font.font("Watchfloor Sans Medium", CAPTION);
    }

    /// Great figures, cut for sizes above 24.
    public static Font display(double size) {
        return Font.font("Watchfloor Sans Display", size);
    }

    /// How wide a text is. FX thread only.
    public static double width(String text, Font font) {
        Map<String, Double> widths = WIDTHS.computeIfAbsent(font, f -> new ConcurrentHashMap<>());
        if (widths.size() > WIDTHS_KEPT) {
            widths.clear();
        }
        return widths.computeIfAbsent(text, t -> {
            Text measure = new Text(t);
            measure.setFont(font);
            return measure.getLayoutBounds().getWidth();
        });
    }
}
