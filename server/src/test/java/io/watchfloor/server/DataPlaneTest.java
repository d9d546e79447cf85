package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Result;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.Table;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.host.FirstDashboard;
import io.watchfloor.server.host.Sampling.Identity;
import io.watchfloor.server.host.SelfFigures;
import io.watchfloor.server.ingest.Precision;
import io.watchfloor.server.ingest.WriteOutcome;
import io.watchfloor.server.room.LiveQueries;
import io.watchfloor.server.session.Queries;
import io.watchfloor.server.session.QueryException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresDashboardStore;
import io.watchfloor.server.store.postgres.PostgresMilestoneStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(300)
class DataPlaneTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void plane_SAM15_showsFreshDataForEveryQueryOfTheFirstDashboard() {
        Database database = DATABASE.database();
        Identity identity = new Identity("this-host", "one");
        PostgresDashboardStore dashboards = new PostgresDashboardStore(database);
        List<CompletableFuture<Boolean>> starts = Stream.of(1, 2, 3).map(seed -> new FirstDashboard(dashboards,
                new PostgresMilestoneStore(database), InstantSource.system(), new Random(seed)))
                .map(first -> CompletableFuture.supplyAsync(() -> first.ensure(identity, Runnable::run))).toList();
        assertThat(starts.stream().map(CompletableFuture::join).filter(made -> made)).hasSize(1);
        assertThat(dashboards.list().toCompletableFuture().join()).hasSize(1);

        StoredDashboard stored = Objects
                .requireNonNull(dashboards.load(FirstDashboard.ID).toCompletableFuture().join());
        List<Query> wanted = queries(stored);
        assertThat(wanted).hasSizeGreaterThan(8);
        try (DataPlane plane = open(database, identity, new Bus())) {
            for (Query query : wanted) {
                await(query.text()).atMost(PATIENCE).until(() -> hasData(plane.queries().answer(query, 0, 100)));
            }
        }
    }

    @Test
    void plane_SAM10_samplesTheHostOnOneInstanceOnly() {
        Identity shared = new Identity("shared-host", "a");
        DataPlane first = open(DATABASE.database(), shared, new Bus());
        try (DataPlane second = open(DATABASE.openAnother(), new Identity("shared-host", "b"), new Bus())) {
            await().atMost(PATIENCE).until(() -> hasData(first, "process_count{host='shared-host'}")
                    && hasData(first, "server_sessions{instance='a'}")
                    && hasData(first, "server_sessions{instance='b'}"));
            first.close();
            long since = System.currentTimeMillis();
            await().atMost(PATIENCE).until(() -> hasData(second.queries().answer(
                    Query.promql("process_count{host='shared-host'}"), since, 100)));
        } finally {
            first.close();
        }
    }

    @Test
    void plane_SAM16_tellsOtherInstancesWhatWasStored() throws IOException {
        Bus bus = new Bus();
        try (DataPlane plane = open(DATABASE.database(), new Identity("bus-host", "c"), bus)) {
            byte[] body = "far a=1\nfar a=2 1\n".getBytes(StandardCharsets.UTF_8);
            WriteOutcome outcome = plane.ingest().write(new ByteArrayInputStream(body), Precision.NANOSECONDS);
            assertThat(outcome.stored()).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> bus.published.stream().anyMatch(
                    message -> message instanceof BusMessage.Written written && written.series().stream()
                            .anyMatch(series -> series.key().name().equals("far_a"))));
        }
    }

    @Test
    void queries_SAM8_sayWhatTheyDoNotUnderstand() {
        try (DataPlane plane = open(DATABASE.database(), new Identity("q-host", "d"), new Bus())) {
            Queries queries = plane.queries();
            assertInvalid(queries, new Query("influx", "flux", "x"), "no data source 'influx'");
            assertInvalid(queries, new Query("builtin", "sql", "x"), "understands promql, not 'sql'");
            assertInvalid(queries, Query.promql("rate(x[5m])"), "'(' at position 5");
            assertInvalid(queries, Query.hostTable("secrets"), "no table 'secrets'");
            assertInvalid(queries, new Query("host", "promql", "processes"), "understands table");
        }
    }

    private static void assertInvalid(Queries queries, Query query, String part) {
        assertThatThrownBy(() -> queries.answer(query, 0, 10)).isInstanceOf(QueryException.class)
                .hasMessageContaining(part).extracting(fault -> ((QueryException) fault).code())
                .isEqualTo(ErrorCode.INVALID_QUERY);
    }

    private static DataPlane open(Database database, Identity identity, EventBus bus) {
        return new DataPlane(database, bus, new LiveQueries(), new Nothing(),
                new DataPlane.Settings(identity, Duration.ofDays(30), InstantSource.system()),
                new SimpleMeterRegistry());
    }

    private static boolean hasData(DataPlane plane, String selector) throws QueryException {
        return hasData(plane.queries().answer(Query.promql(selector), 0, 100));
    }

    private static boolean hasData(Result result) {
        return switch (result) {
            case Series series -> series.lines().stream().anyMatch(line -> line.times().length > 0);
            case Table table -> !table.rows().isEmpty();
        };
    }

    private static List<Query> queries(StoredDashboard dashboard) {
        List<Query> queries = new ArrayList<>();
        Stream<Operation> operations = Stream.concat(
                dashboard.snapshot().assignments().stream().map(assignment -> (Operation) assignment),
                dashboard.entries().stream().flatMap(entry -> entry.operations().stream()));
        operations.map(Assignment.class::cast).filter(assignment -> assignment.property().equals(Properties.QUERY))
                .forEach(assignment -> queries.add(query((Value.Fields) assignment.value())));
        return queries;
    }

    private static Query query(Value.Fields fields) {
        return new Query(text(fields, "source"), text(fields, "language"), text(fields, "text"));
    }

    private static String text(Value.Fields fields, String name) {
        return ((Value.Str) Objects.requireNonNull(fields.values().get(name))).value();
    }

    private static final class Nothing implements SelfFigures {

        @Override
        public int sessions() {
            return 0;
        }

        @Override
        public int rooms() {
            return 0;
        }

        @Override
        public long edits() {
            return 0;
        }

        @Override
        public long frames() {
            return 0;
        }
    }

    /// Keeps what is published.
    private static final class Bus implements EventBus {

        final List<BusMessage> published = new CopyOnWriteArrayList<>();

        @Override
        public void publish(BusMessage message) {
            published.add(message);
        }

        @Override
        public void subscribe(Consumer<BusMessage> listener) {}

        @Override
        public void onGap(Runnable listener) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void close() {}
    }
}
