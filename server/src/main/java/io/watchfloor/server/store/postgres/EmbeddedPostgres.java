package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real PostgreSQL that this process starts for itself and stops on close. Everything of it lies in the folder
/// `postgres` of a data directory and stays there; it listens on 127.0.0.1 only, on a free port, and asks for a random
/// password that lies beside the data in a file of mode 0600. It writes to the disk before it confirms.
///
/// Killed together with its process or alone, it recovers at the next start: what a killed server has left running is
/// stopped first. Only one process has it at a time.
///
/// Calls block and fail with [StoreException]. Thread-safe.
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "watchfloor";
    private static final String SERVING = "watchfloor_serving";
    private static final String MAJOR_VERSION = "18";
    private static final int PORT_ATTEMPTS = 5;
    /// Recovery after a crash reads the log since the last checkpoint, which may take minutes on a slow disk.
    private static final String START_SECONDS = "600";
    /// Processes of a PostgreSQL that was killed end by themselves once they notice, which one that waits for the disk does
    /// late.
    private static final Duration LEFTOVERS = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 200;

    /// Whether confirmed work survives a stop of the machine.
    enum Durability {
        DURABLE,
        /// Fast, for tests: writes to the disk some time.
        UNSAFE
    }

    private final Path folder;
    private final Durability durability;
    private final PostgresUser user;
    private @Nullable DirectoryLock lock;
    private @Nullable PostgresPrograms programs;
    private int port;

    private EmbeddedPostgres(Path dataDirectory, Durability durability, PostgresUser user) {
        this.folder = folder(dataDirectory);
        this.durability = durability;
        this.user = user;
    }

    /// Starts the database of a data directory, making it where there is none.
    ///
    /// @throws StoreException where it cannot be started, or another process has it
    public static EmbeddedPostgres start(Path dataDirectory) {
        return start(dataDirectory, Durability.DURABLE, null);
    }

    static EmbeddedPostgres start(Path dataDirectory, Durability durability, @Nullable PostgresUser asUser) {
        return uninterrupted("start", () -> {
            PostgresUser user = asUser == null ? PostgresUser.ofThisProcess() : asUser;
            EmbeddedPostgres postgres = new EmbeddedPostgres(dataDirectory, durability, user);
            try {
                postgres.start();
                return postgres;
            } catch (IOException | InterruptedException | RuntimeException e) {
                postgres.release();
                throw e;
            }
        });
    }

    /// Finds the database that another process has started on a data directory.
    ///
    /// @return null where none runs
    public static @Nullable DatabaseAddress running(Path dataDirectory) {
        Path folder = folder(dataDirectory);
        try {
            PostmasterFile postmaster = PostmasterFile.read(folder.resolve("data"));
            return postmaster == null || !postmaster.ready() || !postmaster.mayRun()
                    ? null
                    : address(folder, postmaster.port());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// With the role that owns everything.
    public DatabaseAddress address() {
        try {
            return address(folder, port);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// A role to serve with, which owns no tables. It is made where there is none.
    public DatabaseAddress serving() {
        try {
            Path password = servingPassword(folder);
            DatabaseAddress owner = address();
            if (!Files.exists(password)) {
                writeRandom(password);
            }
            String secret = Files.readString(password);
            try (Connection connection = DriverManager.getConnection(owner.url(), owner.credentials());
                    Statement statement = connection.createStatement()) {
                statement.execute("""
                        DO $$ BEGIN
                            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%1$s') THEN
                                CREATE ROLE %1$s LOGIN;
                            END IF;
                        END $$""".formatted(SERVING));
                statement.execute("ALTER ROLE " + SERVING + " PASSWORD '" + secret + "'");
            } catch (SQLException e) {
                throw Faults.opening(owner, e);
            }
            return new DatabaseAddress(owner.url(), SERVING, secret);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// The role that the database of a data directory is served with.
    ///
    /// @param owner where it runs
    /// @return null where a server of an earlier version runs it, which has none
    public static @Nullable DatabaseAddress serving(Path dataDirectory, DatabaseAddress owner) {
        Path folder = folder(dataDirectory);
        try {
            Path password = servingPassword(folder);
            return Files.exists(password)
                    ? new DatabaseAddress(owner.url(), SERVING, Files.readString(password))
                    : null;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static Path servingPassword(Path folder) {
        return folder.resolve("serving-password");
    }

    private static void writeRandom(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Directories.write(file, HexFormat.of().formatHex(random));
    }

    /// Stops it after running transactions are rolled back; the data stay.
    @Override
    public void close() {
        uninterrupted("stop", () -> {
            try {
                if (programs != null) {
                    programs.stop(data());
                }
            } finally {
                release();
            }
            return this;
        });
    }

    private void start() throws IOException, InterruptedException {
        Directories.create(folder);
        lock = DirectoryLock.take(folder);
        if (lock == null) {
            throw new StoreException(
                    "The data directory %s is in use by %s; stop that one, or choose another --data-dir."
                            .formatted(folder.getParent(), DirectoryLock.holder(folder)));
        }
        PostgresBinaries binaries = PostgresBinaries.unpack(folder);
        Path password = folder.resolve("password");
        if (!Files.exists(password)) {
            writeRandom(password);
        }
        user.take(folder);
        user.take(binaries.home());
        user.checkReach(binaries);
        PostgresPrograms started = new PostgresPrograms(binaries, user, folder);
        stopWhatAKilledServerLeft(started);
        binaries.deleteOthers();
        if (!Files.exists(data())) {
            initialise(started, password);
        }
        checkVersion();
        port = start(started);
        programs = started;
    }

    private void stopWhatAKilledServerLeft(PostgresPrograms found) throws IOException, InterruptedException {
        PostmasterFile postmaster = PostmasterFile.read(data());
        if (postmaster != null && postmaster.mayRun()) {
            LOG.info("Stopping the database that a killed server has left running");
            found.stop(data());
        } else {
            // PostgreSQL believes the process number, which some other process may have by now, and stumbles over a file
            // that a crash of the machine left empty.
            Files.deleteIfExists(PostmasterFile.in(data()));
        }
    }

    /// In a folder of another name first, so that being killed meanwhile leaves no half-made data.
    private void initialise(PostgresPrograms used, Path password) throws IOException, InterruptedException {
        Path part = folder.resolve("data-in-the-making");
        Directories.delete(part);
        List<String> arguments = new ArrayList<>(List.of("--pgdata=" + part, "--username=" + USER,
                "--auth=scram-sha-256", "--pwfile=" + password, "--encoding=UTF8", "--locale=C",
                "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"));
        if (durability == Durability.UNSAFE) {
            arguments.add("--no-sync");
        }
        used.run("initdb", arguments);
        Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkVersion() throws IOException {
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR_VERSION)) {
            throw new StoreException(
                    ("The data in %s were written by PostgreSQL %s, and this server brings PostgreSQL %s; "
                            + "start the server's version that wrote them, or move them with pg_dump.")
                            .formatted(data(), version, MAJOR_VERSION));
        }
    }

    /// @return the port
    private int start(PostgresPrograms used) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int taken = 0;
        while (true) {
            int free = freePort();
            try {
                used.start(data(), settings(free), START_SECONDS);
                return free;
            } catch (StoreException e) {
                String why = String.valueOf(e.getMessage());
                if (why.contains("pre-existing shared memory block")
                        && System.nanoTime() - begin < LEFTOVERS.toNanos()) {
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                    continue;
                }
                // Somebody else may have taken the port meanwhile.
                taken++;
                if (!why.contains("could not create any TCP/IP sockets") || taken == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// On the command line, where they go before the configuration file's. Statements are short and many: none is worth
    /// being compiled, and a group of thousands of edits fits into the buffers of the database's log.
    private List<String> settings(int free) {
        String safe = durability == Durability.DURABLE ? "on" : "off";
        return List.of("listen_addresses=127.0.0.1", "port=" + free, "unix_socket_directories=",
                "fsync=" + safe, "synchronous_commit=" + safe, "full_page_writes=" + safe,
                "password_encryption=scram-sha-256", "jit=off", "wal_buffers=16MB", "log_checkpoints=off",
                "log_min_error_statement=panic");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void release() throws IOException {
        programs = null;
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static Path folder(Path dataDirectory) {
        return dataDirectory.toAbsolutePath().normalize().resolve("postgres");
    }

    private static DatabaseAddress address(Path folder, int port) throws IOException {
        return new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER,
                Files.readString(folder.resolve("password")));
    }

    private static StoreException unreadable(Path folder, IOException cause) {
        return new StoreException("The embedded database in %s cannot be read: %s".formatted(folder, reason(cause)),
                cause);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + Objects.requireNonNullElse(e.getMessage(), "");
    }

    private interface Step {
        EmbeddedPostgres run() throws IOException, InterruptedException;
    }

    private static EmbeddedPostgres uninterrupted(String verb, Step step) {
        try {
            return step.run();
        } catch (IOException | UncheckedIOException e) {
            throw new StoreException("The embedded database could not %s: %s".formatted(verb,
                    e instanceof IOException io ? reason(io) : e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("The embedded database was interrupted while it was told to " + verb + ".", e);
        }
    }
}
