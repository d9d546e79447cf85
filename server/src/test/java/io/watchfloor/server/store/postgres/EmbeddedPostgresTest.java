package io.watchfloor.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.EmbeddedPostgres.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The tests take turns on one data directory, so that PostgreSQL is unpacked once.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EmbeddedPostgresTest {

    @TempDir
    static Path base;

    private final Path directory = base.resolve("a data directory");
    private final Path data = directory.resolve("postgres").resolve("data");

    @Test
    void start_LOG24_isDurableAndPrivate() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Database database = Database.open(DatabaseSettings.durable(postgres.address()))) {
            assertThat(database.address().url()).startsWith("jdbc:postgresql://127.0.0.1:");
            DatabaseAddress address = postgres.address();
            assertThatThrownBy(
                    () -> DriverManager.getConnection(address.url(), Objects.requireNonNull(address.user()), "guess"))
                    .hasMessageContaining("password authentication failed");
            List<String> methods = database.run(handle -> handle
                    .createQuery("SELECT DISTINCT auth_method FROM pg_hba_file_rules").mapTo(String.class).list());
            assertThat(methods).containsExactly("scram-sha-256");
            assertThat(reachableElsewhere(address)).isFalse();
        }
        assertThat(permissions(directory.resolve("postgres"))).isEqualTo("rwx------");
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("postgres").resolve("password"))).isEqualTo("rw-------");
    }

    @Test
    void start_LOG25_findsTheDataAgainAfterAStop() {
        assertThat(rowsAfter(() -> {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
                keep(postgres.address());
            }
        })).isPositive();
    }

    @Test
    void start_LOG25_findsTheDataAgainAfterPostgresWasKilled() {
        assertThat(rowsAfter(() -> {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
            keep(postgres.address());
            kill(Objects.requireNonNull(PostmasterFile.read(data)).process());
            postgres.close();
        })).isPositive();
    }

    /// As where one of its processes waits for the disk, and notices late that it is alone.
    @Test
    void start_LOG25_waitsForTheProcessesOfAKilledPostgres() throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
        ProcessHandle killed = ProcessHandle.of(Objects.requireNonNull(PostmasterFile.read(data)).process())
                .orElseThrow();
        List<ProcessHandle> left = killed.children().toList();
        signal("STOP", left);
        Path log = directory.resolve("postgres").resolve("postgres.log");
        CompletableFuture<Void> started;
        try {
            kill(killed.pid());
            postgres.close();
            long before = Files.size(log);
            started = CompletableFuture.runAsync(() -> EmbeddedPostgres.start(directory).close());
            await().atMost(Duration.ofSeconds(60)).until(() -> started.isDone() || (Files.size(log) > before
                    && Files.readString(log, StandardCharsets.ISO_8859_1).substring((int) before)
                            .contains("shared memory block")));
        } finally {
            signal("CONT", left);
        }
        started.get(2, TimeUnit.MINUTES);
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        assertThat(processes).isNotEmpty();
        for (ProcessHandle process : processes) {
            assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor())
                    .isZero();
        }
    }

    @Test
    void start_LOG25_findsTheDataAgainAfterItsProcessWasKilledAndStopsWhatThatLeftRunning() {
        assertThat(rowsAfter(() -> {
            Process server = otherProcess();
            keep(Objects.requireNonNull(EmbeddedPostgres.running(directory)));
            server.destroyForcibly().waitFor();
            PostmasterFile left = Objects.requireNonNull(PostmasterFile.read(data));
            assertThat(left.mayRun()).isTrue();
            EmbeddedPostgres.start(directory).close();
            assertThat(left.mayRun()).isFalse();
        })).isPositive();
    }

    @Test
    void start_LOG26_refusesADirectoryThatIsInUse() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(postgres.address().user()).isEqualTo("watchfloor");
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory)).isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "is in use by another server (process " + ProcessHandle.current().pid() + ")");
        }
        Process server = otherProcess();
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("(process " + server.pid() + ")").hasMessageContaining("--data-dir");
        } finally {
            server.destroyForcibly().waitFor();
            EmbeddedPostgres.start(directory).close();
        }
    }

    @Test
    void start_LOG27_isNotFooledByAProcessNumberThatSomeOtherProcessHasNow() throws Exception {
        EmbeddedPostgres.start(directory).close();
        Files.writeString(PostmasterFile.in(data), "%d\n%s\n1\n5432\n\n127.0.0.1\n\nready\n"
                .formatted(ProcessHandle.current().pid(), data));

        EmbeddedPostgres.start(directory).close();
        Files.writeString(PostmasterFile.in(data), "not\nfinished");
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void running_LOG28_findsTheDatabaseOfAnotherProcess() throws Exception {
        EmbeddedPostgres.start(directory).close();
        assertThat(EmbeddedPostgres.running(directory)).isNull();
        assertThat(EmbeddedPostgres.running(base.resolve("nothing here"))).isNull();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            assertThat(EmbeddedPostgres.running(directory)).isEqualTo(postgres.address());
        }
    }

    @Test
    void start_LOG29_asRootRunsAsTheUserNobodyWhereNameSpacesAreForbidden() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root needs another user");
        EmbeddedPostgres.start(directory).close();
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> EmbeddedPostgres.start(directory, Durability.UNSAFE, PostgresUser.NOBODY))
                .isInstanceOf(StoreException.class).hasMessageContaining("by the user nobody");

        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, Durability.UNSAFE, PostgresUser.NOBODY)) {
            keep(postgres.address());
            assertThat(Files.getOwner(data).getName()).isEqualTo("nobody");
        }
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory)) {
            keep(postgres.address());
        }
    }

    @Test
    void start_LOG30_leavesDataOfAnotherVersionAlone() throws Exception {
        EmbeddedPostgres.start(directory).close();
        Path version = data.resolve("PG_VERSION");
        String before = Files.readString(version);
        Files.writeString(version, "17\n");
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("PostgreSQL 17").hasMessageContaining("pg_dump");
        } finally {
            Files.writeString(version, before);
        }
        EmbeddedPostgres.start(directory).close();
    }

    @Test
    void start_LOG30_saysWhyPostgresDoesNotStart() throws Exception {
        EmbeddedPostgres.start(directory).close();
        Path conf = data.resolve("postgresql.conf");
        String before = Files.readString(conf);
        Files.writeString(conf, before + "\nno_such_setting = 1\n");
        try {
            assertThatThrownBy(() -> EmbeddedPostgres.start(directory)).isInstanceOf(StoreException.class)
                    .hasMessageContaining("postgres.log tells more");
        } finally {
            Files.writeString(conf, before);
        }
    }

    @Test
    void start_LOG25_beginsAgainAfterItWasKilledWhileMakingTheData() throws Exception {
        EmbeddedPostgres.start(directory).close();
        Path other = base.resolve("killed early");
        Path part = other.resolve("postgres").resolve("data-in-the-making");
        Files.createDirectories(part);
        Path programs = PostgresBinaries.unpack(directory.resolve("postgres")).home();
        Files.createSymbolicLink(other.resolve("postgres").resolve(programs.getFileName()), programs);
        Files.writeString(part.resolve("PG_VERSION"), "18\n");

        EmbeddedPostgres.start(other, Durability.UNSAFE, null).close();
        assertThat(part).doesNotExist();
    }

    /// A process that starts the database, as a server does, and waits.
    public static final class OtherProcess {

        private OtherProcess() {}

        static void main(String[] arguments) throws InterruptedException {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
            System.out.println("started " + postgres.address());
            Thread.currentThread().join();
        }
    }

    private Process otherProcess() throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), OtherProcess.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line == null || !line.startsWith("started"); line = out.readLine()) {
            assertThat(line).isNotNull();
        }
        return process;
    }

    @FunctionalInterface
    private interface Events {
        void happen() throws Exception;
    }

    /// How many rows the events have added that are still there after them.
    private int rowsAfter(Events events) {
        int before = kept();
        try {
            events.happen();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return kept() - before;
    }

    private int kept() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
                Database database = Database.open(DatabaseSettings.durable(postgres.address()))) {
            return database.run(handle -> {
                handle.execute("CREATE SCHEMA IF NOT EXISTS test");
                handle.execute("CREATE TABLE IF NOT EXISTS test.kept (n int)");
                return handle.createQuery("SELECT count(*) FROM test.kept").mapTo(Integer.class).one();
            });
        }
    }

    private static void keep(DatabaseAddress address) {
        TestDatabase.execute(address, "CREATE SCHEMA IF NOT EXISTS test",
                "CREATE TABLE IF NOT EXISTS test.kept (n int)",
                "INSERT INTO test.kept VALUES (1)");
    }

    private static void kill(long process) {
        ProcessHandle handle = ProcessHandle.of(process).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().join();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static boolean reachableElsewhere(DatabaseAddress address) throws IOException {
        int port = URI.create(address.url().substring("jdbc:".length())).getPort();
        for (InetAddress local : NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress()).toList()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(local, port), 500);
                return true;
            } catch (IOException _) {
                // As it should be: nobody listens there.
            }
        }
        return false;
    }
}
