package io.watchfloor.client.widget;

import io.watchfloor.client.theme.Styles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.Observable;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Window;

/// A widget body that is painted rather than built of nodes. It reads its colours from the tokens through the style class
/// `wf-painted`, and is painted again when the theme changes. FX thread only.
public abstract class PaintedRegion extends Region implements Redrawable {

    private static final StyleablePropertyFactory<PaintedRegion> FACTORY = new StyleablePropertyFactory<>(
            Region.getClassCssMetaData());

    /// What a colour is for.
    public enum Paint {
        SURFACE("surface"), GRID("grid"), TEXT("text"), MUTED("muted"), CROSSHAIR("crosshair"), WARN("warn"), ALARM(
                "alarm");

        private final String token;

        Paint(String token) {
            this.token = token;
        }
    }

    private final Map<Paint, StyleableProperty<Color>> paints = new EnumMap<>(Paint.class);
    private final List<StyleableProperty<Color>> series = new ArrayList<>();

    protected PaintedRegion() {
        getStyleClass().add("wf-painted");
        for (Paint paint : Paint.values()) {
            paints.put(paint, token(paint.token, r -> r.property(paint)));
        }
        for (int i = 0; i < Styles.HUES; i++) {
            int index = i;
            series.add(token("series-" + (i + 1), r -> r.series.get(index)));
        }
    }

    private StyleableProperty<Color> token(String token,
            Function<PaintedRegion, StyleableProperty<Color>> of) {
        StyleableProperty<Color> property = FACTORY.createStyleableColorProperty(this, token, "-wf-paint-" + token, of,
                Color.GRAY);
        ((Observable) property).addListener(observable -> repaint());
        return property;
    }

    public final Color paint(Paint paint) {
        return property(paint).getValue();
    }

    private StyleableProperty<Color> property(Paint paint) {
        return Objects.requireNonNull(paints.get(paint));
    }

    /// Colour of the series with this index; the palette repeats after [Styles#HUES].
    public final Color seriesPaint(int index) {
        return series.get(Math.floorMod(index, Styles.HUES)).getValue();
    }

    /// Device pixels per unit.
    public final double pixelScale() {
        Scene scene = getScene();
        Window window = scene == null ? null : scene.getWindow();
        return window == null ? 1 : Math.max(1, window.getOutputScaleX());
    }

    /// Makes the next redraw paint everything, and asks for a layout in which it happens.
    protected final void repaint() {
        requestLayout();
    }

    @Override
    public boolean isInSight() {
        return isInSight(this);
    }

    /// Whether any part of a node lies inside a scene that is shown.
    public static boolean isInSight(Node node) {
        Scene scene = node.getScene();
        if (scene == null || scene.getWindow() == null || !scene.getWindow().isShowing()) {
            return false;
        }
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        Bounds bounds = node.localToScene(node.getLayoutBounds());
        return bounds.intersects(0, 0, scene.getWidth(), scene.getHeight());
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }
}
