package io.watchfloor.server;

import io.watchfloor.server.audit.AuditKeys;
import io.watchfloor.server.audit.AuditLog;
import io.watchfloor.server.audit.AuditWatch;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.PostgresAuditStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The audit log of this instance, with its minute: refusals that were counted are written, and a checkpoint goes outside,
/// into a file and into the log. Thread-safe.
final class AuditPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditPlane.class);
    private static final Logger CHECKPOINTS = LoggerFactory.getLogger("watchfloor.audit.checkpoint");
    private static final String FILE = "audit-checkpoints.log";
    private static final long LOOK_SECONDS = 15;

    private final ScheduledExecutorService executor;
    private final AuditLog audit;
    private final AuditWatch watch;
    private final Path file;

    /// @param instance names the chain
    /// @param executor is its own from now on
    AuditPlane(Database database, AuditKeys keys, InstantSource clock, String instance, Path dataDir,
            ScheduledExecutorService executor) {
        this.executor = executor;
        PostgresAuditStore store = new PostgresAuditStore(database);
        audit = new AuditLog(store, database, keys, clock, instance);
        watch = new AuditWatch(store, keys, clock);
        file = dataDir.resolve(FILE);
        if (store.mayBeChanged()) {
            LOG.warn(
                    "The database role of this server may change the audit log, so only the checkpoints, in {} and in this "
                            + "log, show whether somebody did; docs/SECURITY.md tells how to take that right away.",
                    file);
        }
        Future<?> _ = executor.scheduleWithFixedDelay(this::minute, 1, 1, TimeUnit.MINUTES);
        Future<?> _ = executor.scheduleWithFixedDelay(this::look, 2, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    AuditLog log() {
        return audit;
    }

    AuditWatch watch() {
        return watch;
    }

    private void look() {
        try {
            watch.look();
        } catch (StoreException e) {
            LOG.warn("The audit log could not be looked through: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The audit log could not be looked through", e);
        }
    }

    private void minute() {
        try {
            audit.flush();
            audit.checkpoint(this::keep);
        } catch (StoreException e) {
            LOG.warn("There is no checkpoint of the audit log this minute: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("There is no checkpoint of the audit log this minute", e);
        }
    }

    private boolean keep(String line) {
        CHECKPOINTS.info("{}", line);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            LOG.warn("A checkpoint of the audit log could not be written to {}: {}.", file, Reason.of(e));
            return false;
        }
    }

    /// Writes what was counted, with a last checkpoint.
    @Override
    public void close() {
        executor.shutdownNow();
        minute();
    }
}
