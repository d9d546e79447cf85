package io.watchfloor.installer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A program that was run to its end. Immutable.
record Program(int exitCode, String output) {

    private static final long LIMIT_SECONDS = 300;
    private static final Set<String> JAVA_OPTIONS = Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    /// Runs a command and waits for its end.
    ///
    /// @param environment what is set besides this process's own
    /// @throws IllegalStateException where it does not end; it is ended then
    static Program run(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("watchfloor-installer", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                // a Java that finds options there says so among what the program says
                builder.environment().keySet().removeAll(JAVA_OPTIONS);
                builder.environment().putAll(environment);
                Process process = builder.start();
                process.getOutputStream().close();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " has not ended: " + read(output));
                }
                return new Program(process.exitValue(), read(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Program run(String... command) {
        return run(Map.of(), List.of(command));
    }

    private static String read(Path output) throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
