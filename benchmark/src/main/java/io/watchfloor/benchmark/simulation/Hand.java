package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.document.ElementId;

/// The hand of a person on one desktop, for what is remembered to be undone. Confined to its run's thread.
class Hand {

    boolean rename(DashboardModel model, ElementId widget, String title) {
        return model.editor().rename(widget, title);
    }

    /// Undoes one step.
    void undo(DashboardModel model) {
        model.editor().undo();
    }

    /// Redoes one step.
    void redo(DashboardModel model) {
        model.editor().redo();
    }
}
