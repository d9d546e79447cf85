package io.watchfloor.client.app;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// Runs tasks on the FX thread, one after the other; the only place that hands anything over to it. Thread-safe.
final class FxThread implements Executor {

    @Override
    public void execute(Runnable task) {
        Platform.runLater(task);
    }
}
