package io.watchfloor.server;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line of the server. Ends with 0, with 1 where something cannot be done, and with 2 where the command line
/// or an environment variable is wrong; in both cases one sentence on the standard error output says what and where.
/// Confined to its thread.
@Command(name = Main.PROGRAM, mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT, synopsisSubcommandLabel = "COMMAND", versionProvider = Main.Versions.class, subcommands = {
        KioskCommand.class, ServeCommand.class, TokenCommand.class,
        UserCommand.class,
        EpochCommand.class,
        AuditCommand.class}, description = "Serves Watchfloor, a shared live dashboard for operations rooms.", footer = {
                "", "\"" + Main.PROGRAM + " COMMAND --help\" tells the options of a command.",
                "Each of them can be set by an environment variable instead: --data-dir by WATCHFLOOR_DATA_DIR."})
public final class Main implements Runnable {

    static final String PROGRAM = "watchfloor-server";
    static final int CANNOT = 1;
    static final int WRONG_USAGE = 2;

    /// Tells the version of the jar.
    static final class Versions implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[]{PROGRAM + " " + Version.ofThisServer()};
        }
    }

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(args, System.getenv(), out, err));
    }

    /// @return the exit code
    static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        Environment settings = new Environment(environment);
        CommandLine line = commands(settings);
        line.setOut(out).setErr(err);
        line.setDefaultValueProvider(settings);
        line.setUsageHelpWidth(110);
        line.setParameterExceptionHandler((e, _) -> wrongUsage(e, settings));
        line.setExecutionExceptionHandler((e, _, _) -> cannot(e, err));
        String unknown = settings.unknown();
        if (unknown != null) {
            err.println(PROGRAM + ": " + unknown);
            return WRONG_USAGE;
        }
        return line.execute(args);
    }

    /// All commands.
    static CommandLine commands(Environment settings) {
        return new CommandLine(new Main(), new Commands(settings));
    }

    @Override
    public void run() {
        CommandSpec here = spec;
        if (here != null) {
            throw new ParameterException(here.commandLine(), "Missing the command: serve, token, user, audit or epoch");
        }
    }

    private static int wrongUsage(ParameterException e, Environment settings) {
        CommandLine line = e.getCommandLine();
        line.getErr().println(PROGRAM + ": " + settings.sentence(e) + " See \""
                + line.getCommandSpec().qualifiedName() + " --help\".");
        return WRONG_USAGE;
    }

    private static int cannot(Exception e, PrintWriter err) {
        if (!(e instanceof StartException)) {
            // a fault of ours: the trace is what helps to mend it
            e.printStackTrace(err);
        }
        err.println(PROGRAM + ": " + e.getMessage());
        return CANNOT;
    }

    /// Makes the commands, which get the environment as an argument.
    private record Commands(Environment environment) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == ServeCommand.class) {
                return type.cast(new ServeCommand(environment));
            }
            if (type == StorageOptions.class) {
                return type.cast(new StorageOptions(environment));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
