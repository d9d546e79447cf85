package io.watchfloor.client.view.signin;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// The mark of the program: three bars of a live reading, the last one lit. FX thread only.
public final class Wordmark extends HBox {

    public Wordmark() {
        getStyleClass().add("wf-mark");
        for (String bar : new String[]{"low", "high", "middle"}) {
            Region region = new Region();
            region.getStyleClass().addAll("wf-mark-bar", bar);
            getChildren().add(region);
        }
    }
}
