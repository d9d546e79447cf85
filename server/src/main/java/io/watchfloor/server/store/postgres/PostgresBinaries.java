package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs of PostgreSQL for this machine, unpacked from the class path once.
///
/// @param home holds `bin`, `lib` and `share`
///
/// Immutable.
record PostgresBinaries(Path home) {

    private static final String PREFIX = "programs-";

    /// Unpacks the programs where that was not done before.
    ///
    /// @throws StoreException where there are none for this machine
    static PostgresBinaries unpack(Path directory) throws IOException {
        String name = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        URL archive = PostgresBinaries.class.getResource("/" + name);
        if (archive == null) {
            throw new StoreException("There is no embedded PostgreSQL for this machine (%s, %s); name a database with "
                    .formatted(System.getProperty("os.name"), System.getProperty("os.arch")) + "--database-url.");
        }
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        Path home = directory.resolve(PREFIX + fingerprint(connection));
        if (!Files.isDirectory(home)) {
            unpack(connection, directory, home);
        } else if (connection instanceof JarURLConnection jar) {
            jar.getJarFile().close();
        }
        return new PostgresBinaries(home);
    }

    Path program(String name) {
        return home.resolve("bin").resolve(isWindows() ? name + ".exe" : name);
    }

    /// Deletes the programs of earlier versions.
    void deleteOthers() throws IOException {
        try (Stream<Path> entries = Files.list(home.getParent())) {
            for (Path entry : entries.filter(e -> e.getFileName().toString().startsWith(PREFIX)).toList()) {
                if (!entry.equals(home)) {
                    Directories.delete(entry);
                }
            }
        }
    }

    static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    static String archiveName(String os, String architecture) {
        String system = os.startsWith("Windows")
                ? "windows"
                : os.startsWith("Mac")
                        ? "darwin"
                        : os.toLowerCase(Locale.ROOT);
        String processor = switch (architecture) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "arm_64";
            default -> architecture;
        };
        return "postgres-" + system + "-" + processor + ".txz";
    }

    /// Differs from version to version; read from the jar's directory, without reading the archive.
    private static String fingerprint(URLConnection connection) throws IOException {
        long sum = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong();
        return Long.toHexString(sum);
    }

    private static void unpack(URLConnection connection, Path directory, Path home) throws IOException {
        Path part = Files.createTempDirectory(directory, "unpacking-");
        try {
            try (InputStream archive = connection.getInputStream();
                    TarArchiveInputStream tar = new TarArchiveInputStream(
                            new XZCompressorInputStream(new BufferedInputStream(archive)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, part);
                }
            }
            Directories.open(part);
            moveInto(part, home);
        } finally {
            Directories.delete(part);
        }
    }

    /// Another process may have been first, with the same content.
    private static void moveInto(Path part, Path home) throws IOException {
        try {
            Files.move(part, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, home);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            return;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path part) throws IOException {
        Path target = part.resolve(entry.getName()).normalize();
        if (!target.startsWith(part)) {
            throw new IOException("the archive of PostgreSQL names a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = Objects.requireNonNull(target.getParent(), "it is in the folder");
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            if (!isWindows() && parent.endsWith("bin")) {
                target.toFile().setExecutable(true, false);
            }
        }
    }
}
