package io.watchfloor.client.widget;

/// Something that shows the newest data when [RedrawPulse] asks for it. FX thread only.
public interface Redrawable {

    /// Takes the newest data and draws it; cheap where nothing has changed.
    void redraw();

    /// Whether anybody could see it now. What is out of sight stays dirty until it comes into sight.
    boolean isInSight();
}
