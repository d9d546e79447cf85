package io.watchfloor.client.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javafx.application.Application;
import javafx.scene.Scene;

/// A look: AtlantaFX's control styles under the tokens of this theme (`tokens-*.css`) and the application's own classes
/// (`watchfloor.css`, and `views.css` for single screens). Colours, sizes and spacing stand in those files; views only name [Styles]. FX thread only, but
/// for [#named].
public enum Theme {
    DARK("dark", true), LIGHT("light", false), CONTROL_ROOM("control-room", true);

    private static final String CONTROLS = sheet("watchfloor.css");
    private static final String VIEWS = sheet("views.css");

    private final String key;
    private final boolean dark;
    private final String tokens;

    Theme(String key, boolean dark) {
        this.key = key;
        this.dark = dark;
        this.tokens = sheet("tokens-" + key + ".css");
    }

    /// Shows a scene in a theme, also one that was shown in another before. Popups follow their owner's scene; a dialog
    /// has a scene of its own. The base style sheet is the application's: one application shows one theme at a time.
    public static void apply(Scene scene, Theme theme) {
        Typeface.load();
        String base = theme.dark
                ? new PrimerDark().getUserAgentStylesheet()
                : new PrimerLight().getUserAgentStylesheet();
        if (!base.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        List<String> sheets = scene.getStylesheets();
        Predicate<String> ours = sheet -> sheet.equals(CONTROLS) || sheet.equals(VIEWS)
                || List.of(values()).stream().anyMatch(other -> sheet.equals(other.tokens));
        sheets.removeIf(ours);
        sheets.addAll(0, List.of(theme.tokens, CONTROLS, VIEWS));
    }

    /// The theme of a name as in [#key], in any case.
    public static Optional<Theme> named(String key) {
        return List.of(values()).stream().filter(theme -> theme.key.equals(key.toLowerCase(Locale.ROOT))).findFirst();
    }

    /// Name in settings and options: `dark`, `light`, `control-room`.
    public String key() {
        return key;
    }

    /// Whether the ground is dark.
    public boolean isDark() {
        return dark;
    }

    private static String sheet(String name) {
        URL url = Theme.class.getResource(name);
        return Objects.requireNonNull(url, name).toExternalForm();
    }
}
