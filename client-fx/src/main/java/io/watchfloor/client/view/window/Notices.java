package io.watchfloor.client.view.window;

/// Tells a person what came of something, for a moment. FX thread only.
public interface Notices {

    void show(String sentence);

    /// @param action name of what can be done about it, as in `Undo`
    void show(String sentence, String action, Runnable run);
}
