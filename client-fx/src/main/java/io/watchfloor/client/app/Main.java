package io.watchfloor.client.app;

import io.watchfloor.client.app.Options.Command;
import java.util.List;

/// Starts the desktop. What needs no window is answered before the toolkit is touched. Not an
/// [javafx.application.Application], because Java refuses to start one from the class path.
public final class Main {

    static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        switch (Options.parse(List.of(arguments))) {
            case Command.Help() -> System.out.printf(Options.HELP, StateDirectory.usual());
            case Command.Version() -> System.out.println("Watchfloor desktop " + version());
            case Command.Wrong(String sentence) -> {
                System.err.println(sentence);
                System.exit(USAGE);
            }
            case Command.Start(Options options) -> System.exit(WindowedProgram.run(options));
        }
    }

    /// Version of this build; `development` where the classes were not started from a jar.
    public static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
