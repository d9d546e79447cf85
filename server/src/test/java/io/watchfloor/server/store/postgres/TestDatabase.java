package io.watchfloor.server.store.postgres;

import io.watchfloor.server.store.postgres.EmbeddedPostgres.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A database of its own for a test class, with this version's tables and no rows, on a real PostgreSQL that all test
/// classes of the JVM share. Tests come to it with a role that serves and owns nothing, as servers should. After the class it checks that every connection was given back, and no transaction left
/// open.
///
/// ```java
/// @RegisterExtension
/// static final TestDatabase DATABASE = new TestDatabase();
/// ```
///
/// Thread-safe.
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private static final String SERVING = "test_serving";
    private static final String PASSWORD = "of the tests";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final List<Database> opened = new ArrayList<>();
    private @Nullable DatabaseAddress address;

    /// Address of a PostgreSQL without this product's tables, shared by the JVM: its superuser, its `postgres` database.
    public static DatabaseAddress server() {
        return Shared.POSTGRES.address();
    }

    /// Runs SQL in the `postgres` database of the shared server, as its superuser.
    public static void administer(String... statements) {
        execute(server(), statements);
    }

    /// Runs SQL in the class's database, as its superuser.
    public void change(String... statements) {
        execute(address(), statements);
    }

    /// Lets nobody in any more, and throws out who is in.
    public void shut() {
        String name = name(address());
        administer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    public void open() {
        administer("ALTER DATABASE " + name(address()) + " ALLOW_CONNECTIONS true");
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        address = Shared.serving(fresh("watchfloor_template"));
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        try {
            // the database may take a moment to notice a connection that broke
            Awaitility.await().pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> Assertions.assertThat(leaks()).isEmpty());
        } finally {
            opened.forEach(Database::close);
            opened.clear();
            administer("DROP DATABASE " + name(address()) + " WITH (FORCE)");
        }
    }

    private List<String> leaks() throws SQLException {
        List<String> leaks = new ArrayList<>();
        for (Database database : opened) {
            if (database.connectionsInUse() > 0) {
                leaks.add(database.connectionsInUse() + " connections were not given back");
            }
        }
        leaks.addAll(openTransactions());
        return leaks;
    }

    /// With the role that owns the tables.
    public DatabaseAddress owner() {
        return withName(server(), name(address()));
    }

    public DatabaseAddress address() {
        return Objects.requireNonNull(address, "the database is made before the first test of the class");
    }

    /// The class's database, opened once.
    public synchronized Database database() {
        return opened.isEmpty() ? openAnother() : opened.getFirst();
    }

    /// Opens the class's database again, with a pool of its own, as another instance would.
    public synchronized Database openAnother() {
        Database database = Database.open(settings(address()));
        opened.add(database);
        return database;
    }

    /// Makes an empty database, without tables, on the shared server. Nobody drops it before the JVM ends.
    public static DatabaseAddress empty() {
        return fresh("template0");
    }

    static DatabaseSettings settings(DatabaseAddress address) {
        return new DatabaseSettings(address, DatabaseSettings.CONNECTIONS, true);
    }

    private static DatabaseAddress fresh(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        administer("CREATE DATABASE " + name + " TEMPLATE " + (template.equals("template0")
                ? template
                : Shared.template(template)));
        return withName(server(), name);
    }

    private static DatabaseAddress withName(DatabaseAddress server, String name) {
        return new DatabaseAddress(server.url().replaceFirst("/[^/]*$", "/" + name), server.user(), server.password());
    }

    private static String name(DatabaseAddress address) {
        return address.url().substring(address.url().lastIndexOf('/') + 1);
    }

    private List<String> openTransactions() throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(server().url(), server().credentials());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT query FROM pg_stat_activity WHERE datname = '"
                        + name(address()) + "' AND state LIKE 'idle in transaction%'")) {
            while (rows.next()) {
                found.add("a transaction was left open after: " + rows.getString(1));
            }
        }
        return found;
    }

    /// What each table holds, in short: equal where its rows are.
    ///
    /// @param but a pattern of the names of tables that are left out
    public Map<String, String> contents(String but) {
        Map<String, String> found = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(owner().url(), owner().credentials());
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT relname FROM pg_class"
                    + " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            tables.removeIf(table -> table.matches(but));
            String all = tables.stream().map(table -> "SELECT '" + table + "', count(*) || ' rows, ' || "
                    + "md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM " + table + " t")
                    .collect(Collectors.joining(" UNION ALL "));
            try (ResultSet rows = statement.executeQuery(all)) {
                while (rows.next()) {
                    found.put(rows.getString(1), String.valueOf(rows.getString(2)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    /// Runs SQL in the class's database, as the owner of the tables.
    public void asOwner(String... statements) {
        execute(owner(), statements);
    }

    /// The role that [#address] comes with.
    public static String servingRole() {
        return SERVING;
    }

    static void execute(DatabaseAddress address, String... statements) {
        try (Connection connection = DriverManager.getConnection(address.url(), address.credentials());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Started at first use, stopped with the JVM.
    private static final class Shared {

        static final EmbeddedPostgres POSTGRES = start();
        private static @Nullable String template;

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory("watchfloor-test-");
                EmbeddedPostgres postgres = EmbeddedPostgres.start(directory, Durability.UNSAFE, null);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    postgres.close();
                    delete(directory);
                }));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static synchronized DatabaseAddress serving(DatabaseAddress address) {
            return new DatabaseAddress(address.url(), SERVING, PASSWORD);
        }

        /// Migrated once: copying it is faster than migrating each.
        static synchronized String template(String name) {
            if (template == null) {
                administer("CREATE DATABASE " + name + " TEMPLATE template0");
                administer("CREATE ROLE " + SERVING + " LOGIN PASSWORD '" + PASSWORD + "'");
                DatabaseAddress owner = withName(POSTGRES.address(), name);
                Database.open(new DatabaseSettings(serving(owner), owner, 2, true)).close();
                template = name;
            }
            return template;
        }

        private static void delete(Path directory) {
            try {
                Directories.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
