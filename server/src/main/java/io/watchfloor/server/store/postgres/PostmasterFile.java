package io.watchfloor.server.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What PostgreSQL writes into `postmaster.pid` in its data directory while it runs.
///
/// @param process its process id
/// @param port on 127.0.0.1
/// @param ready whether it takes connections
///
/// Immutable.
record PostmasterFile(long process, int port, boolean ready) {

    static Path in(Path data) {
        return data.resolve("postmaster.pid");
    }

    /// The file's content, or null where there is none, or it is not complete.
    static @Nullable PostmasterFile read(Path data) throws IOException {
        try {
            List<String> lines = Files.readAllLines(in(data));
            if (lines.size() < 4) {
                return null;
            }
            boolean ready = lines.size() >= 8 && lines.get(7).strip().equals("ready");
            return new PostmasterFile(Long.parseLong(lines.get(0).strip()), Integer.parseInt(lines.get(3).strip()),
                    ready);
        } catch (NoSuchFileException | NumberFormatException e) {
            return null;
        }
    }

    /// Whether the process still runs and may be PostgreSQL. After a restart of the machine or of a container some other
    /// process has its number, often.
    boolean mayRun() {
        Optional<ProcessHandle> handle = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        if (handle.isEmpty() || hasEnded()) {
            return false;
        }
        return handle.get().info().command().map(command -> command.contains("postgres")).orElse(true);
    }

    /// In a container whose first process does not collect the ended ones, they keep their number and look alive.
    private boolean hasEnded() {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException _) {
            return false;
        }
    }
}
