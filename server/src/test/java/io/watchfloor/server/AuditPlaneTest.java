package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.audit.Origin;
import io.watchfloor.server.auth.SigningKeys;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.PostgresTokenStore;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// The audit log's minute, called when the test says so.
@Timeout(240)
class AuditPlaneTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder = Path.of("");

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger plane = (Logger) LoggerFactory.getLogger(AuditPlane.class);
    private final Logger checkpoints = (Logger) LoggerFactory.getLogger("watchfloor.audit.checkpoint");

    /// Does nothing by itself, and knows what it was to do, and how often.
    private static final class ByHand extends ScheduledThreadPoolExecutor {

        private final Map<Duration, Runnable> tasks = new HashMap<>();

        ByHand() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
            tasks.put(Duration.of(delay, unit.toChronoUnit()), task);
            return schedule(() -> {}, 0, unit);
        }

        void minute() {
            Objects.requireNonNull(tasks.get(Duration.ofMinutes(1))).run();
        }
    }

    private ByHand executor = new ByHand();

    @BeforeEach
    void listen() {
        logged.start();
        plane.addAppender(logged);
        checkpoints.addAppender(logged);
        checkpoints.setLevel(Level.INFO);
    }

    @AfterEach
    void leave() {
        plane.detachAppender(logged);
        checkpoints.detachAppender(logged);
        checkpoints.setLevel(null);
    }

    private AuditPlane plane(Database database, Path dataDir) {
        SigningKeys keys = new SigningKeys(new PostgresTokenStore(database), InstantSource.system(),
                new SecureRandom());
        keys.prepare();
        executor = new ByHand();
        return new AuditPlane(database, keys, InstantSource.system(), "wall", dataDir, executor);
    }

    private List<String> told(Level level) {
        return logged.list.stream().filter(event -> event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage).toList();
    }

    private List<String> checkpoints() {
        return logged.list.stream().filter(event -> event.getLoggerName().equals(checkpoints.getName()))
                .map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void minute_AUD5_AUD6_writesWhatWasCounted_andACheckpointIntoFileAndLog_whereSomethingHappened() throws Exception {
        Path file = folder.resolve("data/audit-checkpoints.log");
        try (AuditPlane plane = plane(DATABASE.database(), folder.resolve("data"))) {
            for (int guess = 0; guess < 5; guess++) {
                plane.log().refused(new Origin(null, "10.0.0.1"), AuditAction.SIGN_IN, "boss", "password");
            }
            executor.minute();
            assertThat(plane.log().page(null, AuditFilter.ALL, 10)).extracting(event -> event.event().times())
                    .containsExactly(4, 1);
            assertThat(Files.readAllLines(file)).hasSize(1).isEqualTo(checkpoints()).first().asString()
                    .contains("\"writer\":\"wall\",\"number\":2", "signature");
            executor.minute();
            assertThat(checkpoints()).as("nothing happened").hasSize(1);
            plane.log().done(Origin.COMMAND_LINE, AuditAction.USER_ADDED, "ann", "");
            Files.delete(file);
            Files.createDirectory(file);
            executor.minute();
            assertThat(told(Level.WARN)).singleElement().asString().contains("could not be written to", "data");
            Files.delete(file);
            executor.minute();
            assertThat(Files.readAllLines(file)).as("signed again until the file has it").hasSize(1).first()
                    .asString().contains("\"number\":3");
            plane.log().done(Origin.COMMAND_LINE, AuditAction.USER_ADDED, "ben", "");
        }
        assertThat(Files.readAllLines(file)).as("a last one when it ends").hasSize(2).last().asString()
                .contains("\"number\":4");
    }

    @Test
    void start_AUD2_saysWhereTheLogCouldBeChanged_alsoInAQuietLog() {
        plane(DATABASE.database(), folder).close();
        assertThat(told(Level.WARN)).isEmpty();
        try (Database owner = Database.open(new DatabaseSettings(DATABASE.owner(), 2, true))) {
            plane(owner, folder).close();
        }
        assertThat(told(Level.WARN)).singleElement().asString()
                .contains("The database role of this server may change the audit log", "audit-checkpoints.log");
    }

    @Test
    void checkpoints_AUD5_areInTheLogAtEveryLevel() throws Exception {
        LoggerContext context = new LoggerContext();
        context.putProperty("watchfloor.log.level", "error");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(AuditPlane.class.getResource("/logback.xml")));
        assertThat(context.getLogger("any").isWarnEnabled()).isFalse();
        assertThat(context.getLogger("watchfloor.audit.checkpoint").isInfoEnabled()).isTrue();
        context.stop();
    }
}
