package io.watchfloor.client.view.window;

import javafx.scene.Node;

/// What fills the middle of a window, from being shown to being left. FX thread only.
public interface Screen {

    Node node();

    /// Puts the focus where it is wanted first; called once it is in the window.
    default void focus() {}

    /// It is left for good: ends what it has begun.
    void dispose();
}
