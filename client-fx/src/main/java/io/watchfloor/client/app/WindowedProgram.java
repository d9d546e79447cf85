package io.watchfloor.client.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Logger;
import javafx.application.Platform;

/// Runs the toolkit from the first window to the last. Stateless.
final class WindowedProgram {

    static final int FAILED = 1;

    /// Held for good: loggers that nobody holds are forgotten with their filters.
    private static final Logger TOOLKIT = Logger.getLogger("javafx");

    private WindowedProgram() {}

    /// Blocks until the last window has closed.
    ///
    /// @return exit status of the process
    static int run(Options options) {
        // it is on the class path on purpose
        TOOLKIT.setFilter(entry -> !String.valueOf(entry.getMessage()).startsWith("Unsupported JavaFX configuration"));
        String problem = options.kiosk() == null ? null : KioskEntrance.problemOf(options.kiosk());
        if (problem != null) {
            return failed(problem);
        }
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try {
            Platform.startup(() -> begin(options, end));
        } catch (UnsupportedOperationException e) {
            return failed("There is no display (" + e.getMessage() + "). Without one, start with"
                    + " -Dglass.platform=Headless -Dprism.order=sw.");
        }
        return end.join();
    }

    private static void begin(Options options, CompletableFuture<Integer> end) {
        try {
            Platform.setImplicitExit(false);
            Desktop.open(options, end::complete);
        } catch (IOException e) {
            Path path = options.stateDirectory() == null ? StateDirectory.usual() : options.stateDirectory();
            end.complete(failed("Settings and unsent edits cannot be kept in " + path + " (" + e.getMessage()
                    + "). Name another place with --state-dir."));
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private static int failed(String sentence) {
        System.err.println(sentence);
        return FAILED;
    }
}
