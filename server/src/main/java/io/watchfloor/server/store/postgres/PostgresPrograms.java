package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs PostgreSQL's programs; they say in English what is wrong. Thread-safe.
final class PostgresPrograms {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresPrograms.class);
    private static final long LOG_BYTES = 8 << 20;
    private static final String STOP_SECONDS = "60";

    private final PostgresBinaries binaries;
    private final PostgresUser user;
    private final Path folder;

    /// @param folder where their words are kept
    PostgresPrograms(PostgresBinaries binaries, PostgresUser user, Path folder) {
        this.binaries = binaries;
        this.user = user;
        this.folder = folder;
    }

    /// Starts the server of a data directory and waits until it takes connections. It gets a process session of its own,
    /// so that a Ctrl+C meant for this process does not end it first.
    ///
    /// @param settings each `name=value`
    void start(Path data, List<String> settings, String seconds) throws IOException, InterruptedException {
        StringBuilder options = new StringBuilder();
        settings.forEach(setting -> options.append(" -c ").append(setting));
        Path log = folder.resolve("postgres.log");
        turn(log);
        long before = Files.exists(log) ? Files.size(log) : 0;
        List<String> arguments = List.of("start", "--pgdata=" + data, "--log=" + log,
                "--options=" + options.substring(1),
                "--wait", "--silent", "--timeout=" + seconds);
        int exit = exitOf("pg_ctl", arguments);
        if (exit != 0) {
            String said = Files.exists(log) ? tail(log, before) : "";
            throw new StoreException("The embedded database does not start: %s (%s tells more)"
                    .formatted(cause(said.isBlank() ? output() : said), log));
        }
    }

    /// Stops the server of a data directory, if need be without its tidying up, which the next start then does.
    void stop(Path data) throws IOException, InterruptedException {
        for (String mode : List.of("fast", "immediate")) {
            List<String> arguments = List.of("stop", "--pgdata=" + data, "--mode=" + mode, "--wait", "--silent",
                    "--timeout=" + STOP_SECONDS);
            if (exitOf("pg_ctl", arguments) == 0 || !mayRun(data)) {
                return;
            }
            LOG.warn("The embedded database does not stop (mode {}): {}", mode, cause(output()));
        }
        throw new StoreException("The embedded database in %s does not stop; end its process by hand.".formatted(data));
    }

    /// One that was killed leaves its file behind.
    private static boolean mayRun(Path data) throws IOException {
        PostmasterFile postmaster = PostmasterFile.read(data);
        return postmaster != null && postmaster.mayRun();
    }

    /// Runs a program to its end.
    ///
    /// @throws StoreException where it fails
    void run(String program, List<String> arguments) throws IOException, InterruptedException {
        int exit = exitOf(program, arguments);
        if (exit != 0) {
            throw new StoreException("PostgreSQL's %s failed with exit code %d: %s"
                    .formatted(program, exit, cause(output())));
        }
    }

    /// The words go to a file: whoever inherits a pipe keeps it open.
    private int exitOf(String program, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(user.command(binaries.program(program), arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile())
                .redirectOutput(outputFile().toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        return process.waitFor();
    }

    private Path outputFile() {
        return folder.resolve("command.log");
    }

    private String output() throws IOException {
        return Files.readString(outputFile(), StandardCharsets.ISO_8859_1);
    }

    private static String tail(Path log, long from) throws IOException {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        return text.substring((int) Math.min(from, text.length()));
    }

    /// The last line that names a failure, else the last line.
    private static String cause(String said) {
        List<String> lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
            return "no reason was given";
        }
        String line = lines.stream().filter(l -> l.contains("FATAL:") || l.contains("PANIC:") || l.contains("error:"))
                .reduce((_, last) -> last).orElse(lines.getLast());
        return line.replaceFirst("^.*?(FATAL|PANIC|error): *", "");
    }

    /// Keeps the log bounded: this one and the one before.
    private static void turn(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.move(log, log.resolveSibling("postgres-before.log"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
