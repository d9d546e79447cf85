package io.watchfloor.client.app;

import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.signin.ServerAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param server address to sign in to; null for the last one used
/// @param signInCodeFile holds a one-time code; deleted once it is read
/// @param open title of the dashboard to open
/// @param stateDirectory where settings and unsent edits are kept; null for the usual place
/// @param shot file for a picture of the dashboard
/// @param ca file of the authorities that vouch for servers; null for the system's
/// @param kiosk to run as a wall screen; null for a person
/// @param keepSignIn where the sign-in is kept for the next start
///
/// Immutable.
public record Options(@Nullable URI server, @Nullable Path signInCodeFile, @Nullable String open,
        @Nullable Path stateDirectory, @Nullable Theme theme, @Nullable Path shot,
        @Nullable Path ca, @Nullable Kiosk kiosk, KeepSignIn keepSignIn) {

    /// To run as a wall screen.
    ///
    /// @param key file with the key of this device
    /// @param code file with a code that enrols this device, once; deleted when it has
    public record Kiosk(Path key, @Nullable Path code) {}

    /// With the system's authorities, and nothing kept outside the state directory.
    public Options(@Nullable URI server, @Nullable Path signInCodeFile, @Nullable String open,
            @Nullable Path stateDirectory, @Nullable Theme theme, @Nullable Path shot) {
        this(server, signInCodeFile, open, stateDirectory, theme, shot, null, null, KeepSignIn.FILE);
    }

    /// The same, as a wall screen.
    public Options as(Kiosk screen) {
        return new Options(server, signInCodeFile, open, stateDirectory, theme, shot, ca, screen, keepSignIn);
    }

    /// What `--help` prints.
    static final String HELP = """
            Usage: watchfloor [OPTION]...
            The desktop of Watchfloor, a shared live dashboard.

              --server URL               sign in to this server (default: the last one used, else http://127.0.0.1:7470)
              --sign-in-code-file FILE   sign in with the one-time code in FILE, and delete FILE
              --open TITLE               open the dashboard of this title
              --state-dir DIR            keep settings and unsent edits in DIR (default: %s)
              --keep-sign-in keystore|file
                                         where the sign-in is kept for the next start: in the key store of this computer,
                                         or in a file of the state directory that only you can read; without a key store
                                         that answers it is the file (default: keystore)
              --theme dark|light|control-room
              --shot FILE.png            with --open: wait until every widget shows fresh data, save a picture of
                                         1600 x 1000 pixels and end; end with status 1 where that takes over 120 s
              --ca FILE                  believe servers that the certificates in FILE (PEM) vouch for, not the system's
              --kiosk FILE               run as a wall screen: full-screen, read-only, with the key of this device in FILE,
                                         which is made when it is enrolled and must not leave this device
              --kiosk-code-file FILE     with --kiosk: enrol this device with the one-time code in FILE, and delete FILE
              --version                  print the version and end
              --help                     print this and end
            """;

    private static final Path NO_KEY = Path.of("");

    static final Options NONE = new Options(null, null, null, null, null, null, null, null, KeepSignIn.KEYSTORE);

    /// What is to be done.
    sealed interface Command {

        record Start(Options options) implements Command {}

        record Help() implements Command {}

        record Version() implements Command {}

        /// @param sentence what is wrong with the command line
        record Wrong(String sentence) implements Command {}
    }

    static Command parse(List<String> arguments) {
        Options options = NONE;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (name.equals("--help") || name.equals("-h")) {
                return new Command.Help();
            }
            if (name.equals("--version")) {
                return new Command.Version();
            }
            if (!KNOWN.contains(name)) {
                return new Command.Wrong("There is no option '" + argument + "'. --help lists the options.");
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                return new Command.Wrong("The option " + name + " needs a value. --help lists the options.");
            }
            String value = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
            try {
                options = options.with(name, value);
            } catch (IllegalArgumentException e) {
                return new Command.Wrong(name + ": " + e.getMessage());
            }
        }
        if (options.shot != null && options.open == null) {
            return new Command.Wrong("The option --shot needs --open TITLE, the dashboard to take a picture of.");
        }
        if (options.kiosk != null && options.kiosk.key().equals(NO_KEY)) {
            return new Command.Wrong("The option --kiosk-code-file needs --kiosk FILE, where the key is to be kept.");
        }
        return new Command.Start(options);
    }

    private static final List<String> KNOWN = List.of("--server", "--sign-in-code-file", "--open", "--state-dir",
            "--theme", "--shot", "--ca", "--keep-sign-in", "--kiosk", "--kiosk-code-file");

    private Options with(String name, String value) {
        URI toServer = server;
        Path code = signInCodeFile;
        String title = open;
        Path state = stateDirectory;
        Theme look = theme;
        Path picture = shot;
        Path authorities = ca;
        Kiosk screen = kiosk;
        KeepSignIn keep = keepSignIn;
        switch (name) {
            case "--server" -> toServer = ServerAddress.parse(value);
            case "--sign-in-code-file" -> code = path(value);
            case "--open" -> title = value;
            case "--state-dir" -> state = path(value);
            case "--theme" -> look = Theme.named(value).orElseThrow(() -> new IllegalArgumentException(
                    "There is no theme '" + value + "'. There are dark, light and control-room."));
            case "--shot" -> picture = path(value);
            case "--ca" -> authorities = path(value);
            case "--kiosk" -> screen = new Kiosk(path(value), kiosk == null ? null : kiosk.code());
            case "--kiosk-code-file" -> screen = new Kiosk(kiosk == null ? NO_KEY : kiosk.key(), path(value));
            case "--keep-sign-in" -> keep = KeepSignIn.named(value).orElseThrow(() -> new IllegalArgumentException(
                    "A sign-in is not kept in '" + value + "', but in keystore or file."));
            default -> throw new IllegalArgumentException("not an option");
        }
        return new Options(toServer, code, title, state, look, picture, authorities, screen, keep);
    }

    private static Path path(String value) {
        try {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("A file name is missing.");
            }
            return Path.of(value).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + value + "' is not a file name.", e);
        }
    }
}
