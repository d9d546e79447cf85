package io.watchfloor.server;

import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.sample.Query;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.host.HostTable;
import io.watchfloor.server.host.HostTables;
import io.watchfloor.server.host.Sampling;
import io.watchfloor.server.host.SelfFigures;
import io.watchfloor.server.ingest.Ingest;
import io.watchfloor.server.ingest.IngestFigures;
import io.watchfloor.server.room.LiveQueries;
import io.watchfloor.server.session.Queries;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresLeaseStore;
import io.watchfloor.server.store.postgres.PostgresMetricStore;
import io.watchfloor.server.stream.SamplePolling;
import io.watchfloor.server.stream.SampleRelay;
import io.watchfloor.server.stream.SampleWriter;
import io.watchfloor.server.stream.WriterFigures;
import java.time.Duration;
import java.time.InstantSource;

/// Everything that samples pass through: where they come in, the one writer, the store, and the live queries that are
/// told of them after they are durable. Thread-safe.
final class DataPlane implements AutoCloseable {

    /// What is decided about it before it starts.
    ///
    /// @param identity labels of the samples taken of host and server
    /// @param retention how long samples are kept
    record Settings(Sampling.Identity identity, Duration retention, InstantSource clock) {}

    private static final Duration UPKEEP_EVERY = Duration.ofHours(1);
    private static final Duration POLL_EVERY = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final PostgresMetricStore store;
    private final Recurring upkeep;
    private final SampleWriter writer;
    private final Recurring polling;
    private final HostTables tables;
    private final Sampling sampling;
    private final Ingest ingest;

    /// Starts it; samples of the host come at once.
    ///
    /// @throws io.watchfloor.server.store.StoreException where the database does not answer; nothing is left running
    DataPlane(Database database, EventBus bus, LiveQueries live, SelfFigures self, Settings settings,
            MeterRegistry registry) {
        clock = settings.clock();
        store = new PostgresMetricStore(database);
        store.upkeep(clock.instant(), settings.retention());
        upkeep = new Recurring("upkeep of samples", UPKEEP_EVERY, UPKEEP_EVERY,
                () -> store.upkeep(clock.instant(), settings.retention()));
        writer = new SampleWriter(store, new WriterFigures(registry), SampleWriter.QUEUE);
        writer.onWritten(live::samples);
        writer.onWritten(new SampleRelay(bus, live::samples));
        SamplePolling others = new SamplePolling(bus, store, clock, live::selectors, live::samples);
        polling = new Recurring("reading of what other instances have stored", POLL_EVERY, POLL_EVERY, others::poll);
        tables = HostTables.ofThisMachine(clock, table -> live.isWanted(query(table)));
        tables.onTaken((which, table) -> live.table(query(which), table));
        sampling = new Sampling(writer, clock, new PostgresLeaseStore(database), settings.identity(), self, registry);
        ingest = new Ingest(writer, clock, settings.retention(), new IngestFigures(registry));
    }

    private static Query query(HostTable table) {
        return Query.hostTable(table.text());
    }

    /// Where samples come in over HTTP.
    Ingest ingest() {
        return ingest;
    }

    /// Answers to queries on the past.
    Queries queries() {
        return new StoredQueries(store, tables, clock);
    }

    /// Stops what brings samples, then writes those that wait.
    @Override
    public void close() {
        polling.close();
        sampling.close();
        tables.close();
        writer.close();
        upkeep.close();
    }
}
