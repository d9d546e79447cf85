package io.watchfloor.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.Together;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL database with this version's tables, and a pool of connections to it.
///
/// [#call] and [#run] do their work in one transaction each: committed when it returns, rolled back when it throws.
/// Both fail with [StoreException].
///
/// Thread-safe.
public final class Database implements Together, AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    /// Beyond this a silent database counts as lost, so that nobody waits for ever.
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /// Work on one connection, in one transaction.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Handle handle) throws SQLException;
    }

    private final DatabaseSettings settings;
    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final AtomicLong losses = new AtomicLong();
    /// The transaction that calls of this thread are part of.
    @SuppressWarnings("ThreadLocalUsage") // one for each database
    private final ThreadLocal<@Nullable Handle> outer = new ThreadLocal<>();
    private final ExecutorService workers = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("database-", 0).factory());

    private Database(DatabaseSettings settings, String name, int connections) {
        this.settings = settings;
        this.address = settings.address();
        this.pool = pool(settings.address(), name, connections);
        this.jdbi = Jdbi.create(pool).registerArrayType(UUID.class, "uuid").registerArrayType(Long.class, "int8")
                .registerArrayType(Integer.class, "int4").registerArrayType(String.class, "text");
        this.jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    }

    /// Connects, checks that the database can keep the server's promises, and brings its tables to this version's.
    ///
    /// @throws StoreException where one of these fails, in one sentence
    public static Database open(DatabaseSettings settings) {
        DatabaseAddress address = settings.address();
        if (!address.url().startsWith("jdbc:postgresql:")) {
            throw new StoreException("The database URL must begin with jdbc:postgresql: - such as "
                    + "jdbc:postgresql://localhost:5432/watchfloor");
        }
        DatabaseAddress owner = settings.owner();
        if (owner == null) {
            prepare(settings, address, null);
        } else {
            prepare(settings, owner, address);
            DatabaseAddress serving = address;
            connected(serving, connection -> DatabaseCheck.check(settings, serving, connection));
        }
        return new Database(settings, "watchfloor", settings.connections());
    }

    /// The same database on connections of its own, for what must not wait until others have done with theirs. To be
    /// closed by itself.
    ///
    /// @param name tells these connections from others in the database's own lists
    public Database apart(String name, int most) {
        return new Database(settings, "watchfloor " + name, most);
    }

    /// Brings the tables to this version's.
    ///
    /// @param serving the role that is to serve, where the one that prepares is not
    private static void prepare(DatabaseSettings settings, DatabaseAddress owner, @Nullable DatabaseAddress serving) {
        connected(owner, connection -> {
            DatabaseCheck.check(settings, owner, connection);
            if (serving == null && DatabaseCheck.ownsNothing(connection)) {
                Migrations.require(owner);
                return;
            }
            DatabaseCheck.checkMayMakeTables(owner, connection);
            Migrations.run(owner, connection, serving);
        });
    }

    private interface Preparation {
        void on(Connection connection) throws SQLException;
    }

    private static void connected(DatabaseAddress address, Preparation preparation) {
        Properties properties = address.credentials();
        properties.setProperty("ApplicationName", "watchfloor");
        properties.setProperty("loginTimeout", String.valueOf(CONNECT.toSeconds()));
        try (Connection connection = DriverManager.getConnection(address.url(), properties)) {
            preparation.on(connection);
        } catch (SQLException e) {
            throw Faults.opening(address, e);
        }
    }

    private static HikariDataSource pool(DatabaseAddress address, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(address.credentials());
        config.addDataSourceProperty("ApplicationName", name);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT.toSeconds()));
        config.addDataSourceProperty("socketTimeout", String.valueOf(ANSWER.toSeconds()));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    public DatabaseAddress address() {
        return address;
    }

    /// Names what all instances on this database share, and nothing else does.
    public String installation() {
        return run(handle -> DatabaseIdentity.actual(handle).installation());
    }

    /// The pool. Its connections commit each statement by itself until told otherwise.
    public DataSource dataSource() {
        return pool;
    }

    /// Binds lists of UUIDs, longs, integers and strings as arrays.
    public Jdbi jdbi() {
        return jdbi;
    }

    /// Connections that are lent out at present.
    public int connectionsInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    /// Does the work on a virtual thread, on which the stage completes.
    public <T extends @Nullable Object> CompletionStage<T> call(Work<T> work) {
        return supply(() -> run(work));
    }

    /// Does blocking work of any kind on a virtual thread, on which the stage completes.
    ///
    /// Within [#together] it is done on the calling thread.
    <T extends @Nullable Object> CompletionStage<T> supply(Supplier<T> work) {
        if (outer.get() != null) {
            return CompletableFuture.supplyAsync(work, Runnable::run);
        }
        return CompletableFuture.supplyAsync(work, workers);
    }

    /// Where work may block; closing waits for it.
    Executor workers() {
        return workers;
    }

    /// Does the work on the calling thread, which it blocks.
    public <T extends @Nullable Object> T run(Work<T> work) {
        return run(work, fault -> {
            throw Faults.serving(address, fault);
        });
    }

    /// As the other, but where the connection is lost while committing, so that nobody knows whether the work is kept,
    /// `commitLost` answers.
    <T extends @Nullable Object> T run(Work<T> work, Function<SQLException, T> commitLost) {
        Handle already = outer.get();
        if (already != null) {
            return within(already, work);
        }
        // Closing gives the connection back to the pool, which rolls back what was not committed.
        try (Handle handle = jdbi.open()) {
            Connection connection = handle.getConnection();
            connection.setAutoCommit(false);
            T result = work.run(handle);
            try {
                connection.commit();
            } catch (SQLException e) {
                if (!Faults.isConnectionLost(e)) {
                    throw e;
                }
                losses.incrementAndGet();
                return commitLost.apply(e);
            }
            return result;
        } catch (SQLException | JdbiException e) {
            SQLException cause = Faults.sqlCause(e);
            if (cause != null && Faults.isConnectionLost(cause)) {
                losses.incrementAndGet();
            }
            throw Faults.serving(address, e);
        }
    }

    /// Work on a connection that commits each statement by itself.
    @FunctionalInterface
    interface Statements<T> {
        T run(Connection connection) throws SQLException;
    }

    /// Does work whose every statement is a transaction, on the calling thread, which it blocks.
    ///
    /// @throws StoreException where no connection could be had, so that nothing was changed
    /// @throws SQLException what the work met
    <T> T byItself(Statements<T> work) throws SQLException {
        Connection connection;
        try {
            connection = pool.getConnection();
        } catch (SQLException e) {
            throw Faults.serving(address, e);
        }
        try (connection) {
            return work.run(connection);
        } catch (SQLException e) {
            if (Faults.isConnectionLost(e)) {
                losses.incrementAndGet();
            }
            throw e;
        }
    }

    /// Whether calls of this thread are part of a transaction.
    boolean isWithin() {
        return outer.get() != null;
    }

    private <T extends @Nullable Object> T within(Handle handle, Work<T> work) {
        try {
            return work.run(handle);
        } catch (SQLException | JdbiException e) {
            throw Faults.serving(address, e);
        }
    }

    @Override
    public <T extends @Nullable Object> T together(Supplier<T> work) {
        if (outer.get() != null) {
            return work.get();
        }
        return this.<T>run(handle -> {
            outer.set(handle);
            try {
                return work.get();
            } finally {
                outer.remove();
            }
        });
    }

    /// Asks the database for an answer.
    ///
    /// @throws StoreException where there is none
    public void ping() {
        run(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one());
    }

    /// How often a connection was found lost. After that, the database at the address may be another one.
    public long losses() {
        return losses.get();
    }

    /// Waits for work that has begun, then closes all connections.
    @Override
    public void close() {
        workers.close();
        pool.close();
    }
}
