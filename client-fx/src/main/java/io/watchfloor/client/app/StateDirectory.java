package io.watchfloor.client.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/// The directory in which a desktop keeps what it remembers. It and its files are for their owner alone. Thread-safe.
final class StateDirectory {

    private final Path path;

    /// @param path made where it does not exist
    /// @throws IOException where it can neither be found nor be made
    StateDirectory(Path path) throws IOException {
        this.path = path;
        if (!Files.isDirectory(path)) {
            try {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.createDirectory(path, ownerOnly("rwx------"));
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(path)) {
                    throw e;
                }
            }
        }
    }

    /// Where programs of this system keep such things.
    static Path usual() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.startsWith("windows")) {
            String local = System.getenv("LOCALAPPDATA");
            return (local == null ? home.resolve("AppData").resolve("Local") : Path.of(local)).resolve("Watchfloor");
        }
        if (system.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve("Watchfloor");
        }
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || !Path.of(state).isAbsolute()
                ? home.resolve(".local").resolve("state")
                : Path.of(state);
        return base.resolve("watchfloor");
    }

    Path path() {
        return path;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    /// Writes a file as a whole, or leaves it as it was.
    void write(String name, String content) throws IOException {
        Path part = Files.createTempFile(path, name, ".part", ownerOnly("rw-------"));
        try {
            Files.writeString(part, content, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
            try {
                Files.move(part, file(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file(name), StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
