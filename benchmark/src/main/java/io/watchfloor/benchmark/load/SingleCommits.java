package io.watchfloor.benchmark.load;

import io.watchfloor.server.store.postgres.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the server is compared with: one transaction for each edit, which takes the next revision of the dashboard's row
/// and adds an entry. No server, no network but that to PostgreSQL. Thread-safe.
final class SingleCommits {

    private static final String BODY = """
            {"revision":1,"replica":1,"clientSeq":1,"author":"admin","at":1794700226450,"operations":[{"type":"assignment",\
            "element":"kQ7vT2mXc9E","property":"bounds","value":{"h":8,"w":12,"x":0,"y":4},"stamp":[1794700226442,0,1]}]}""";

    private final DatabaseAddress address;

    SingleCommits(DatabaseAddress address) throws SQLException {
        this.address = address;
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS single_commits");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS single_commits.dashboard
                    (id uuid PRIMARY KEY, head bigint NOT NULL) WITH (fillfactor = 50)""");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS single_commits.entry
                    (dashboard uuid, revision bigint, body json NOT NULL, PRIMARY KEY (dashboard, revision))""");
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(address.url(), Objects.requireNonNull(address.user()),
                Objects.requireNonNull(address.password()));
    }

    private UUID newDashboard(Connection connection) throws SQLException {
        UUID id = UUID.randomUUID();
        try (PreparedStatement insert = connection
                .prepareStatement("INSERT INTO single_commits.dashboard VALUES (?, 0)")) {
            insert.setObject(1, id);
            insert.execute();
        }
        return id;
    }

    /// How long one commit takes, one after the other on one connection.
    Latencies latencies(int warmUp, int commits) throws SQLException {
        try (Connection connection = connect()) {
            UUID dashboard = newDashboard(connection);
            edit(connection, dashboard, warmUp, new Latencies());
            Latencies latencies = new Latencies();
            edit(connection, dashboard, commits, latencies);
            return latencies;
        }
    }

    /// Commits per second by several connections on one and the same dashboard.
    double perSecond(int connections, int commitsOfEach) throws SQLException, InterruptedException {
        UUID dashboard;
        try (Connection connection = connect()) {
            dashboard = newDashboard(connection);
        }
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                all.add(threads.submit(() -> {
                    try (Connection connection = connect()) {
                        edit(connection, dashboard, commitsOfEach, new Latencies());
                    }
                    return true;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        }
        return (double) connections * commitsOfEach * 1e9 / (System.nanoTime() - begin);
    }

    private static void edit(Connection connection, UUID dashboard, int times, Latencies latencies)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement next = connection.prepareStatement(
                "UPDATE single_commits.dashboard SET head = head + 1 WHERE id = ? RETURNING head");
                PreparedStatement insert = connection
                        .prepareStatement("INSERT INTO single_commits.entry VALUES (?, ?, ?::json)")) {
            for (int i = 0; i < times; i++) {
                long begin = System.nanoTime();
                next.setObject(1, dashboard);
                long revision;
                try (ResultSet row = next.executeQuery()) {
                    row.next();
                    revision = row.getLong(1);
                }
                insert.setObject(1, dashboard);
                insert.setLong(2, revision);
                insert.setString(3, BODY);
                insert.execute();
                connection.commit();
                latencies.add(System.nanoTime() - begin);
            }
        }
        connection.setAutoCommit(true);
    }
}
