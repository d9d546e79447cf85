package io.watchfloor.client.view.administration;

import javafx.scene.Node;

/// One part of the administration page. FX thread only.
interface Section {

    Node node();

    /// Puts the focus where it is wanted first.
    void focus();

    /// Asks for what may have changed.
    void refresh();

    void dispose();
}
