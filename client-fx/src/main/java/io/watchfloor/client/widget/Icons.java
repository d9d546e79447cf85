package io.watchfloor.client.widget;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes icons whose size and colour come from the style sheet. FX thread only.
public final class Icons {

    private Icons() {}

    public static FontIcon of(Ikon icon) {
        return new FontIcon(icon);
    }
}
