package io.watchfloor.server.host;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.watchfloor.sample.Sample;
import io.watchfloor.server.store.LeaseStore;
import io.watchfloor.server.stream.SampleWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Samples the host and the server itself once a second and hands the samples to the writer. The host is sampled by the
/// one instance that holds its lease, the server by each. Samples that the writer does not take at once are dropped: the
/// next second brings new ones. Thread-safe.
public final class Sampling implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);

    /// Which names the samples bear.
    ///
    /// @param host value of the label `host`
    /// @param instance value of the label `instance`
    public record Identity(String host, String instance) {}

    private final SampleWriter writer;
    private final InstantSource clock;
    private final @Nullable HostSampler host;
    private final ServerSampler server;
    private final HostLease lease;
    private final Counter cost;
    private final ScheduledExecutorService timer = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("sampling").daemon().factory());

    /// Starts sampling.
    public Sampling(SampleWriter writer, InstantSource clock, LeaseStore leases, Identity identity, SelfFigures self,
            MeterRegistry registry) {
        this.writer = writer;
        this.clock = clock;
        this.host = hostSampler(identity.host());
        this.server = new ServerSampler(self, identity.instance());
        this.lease = new HostLease(leases, identity.host(), UUID.randomUUID().toString());
        this.cost = Counter.builder("watchfloor.sampling.cpu").baseUnit("seconds")
                .description("Processor time spent on taking samples of the host").register(registry);
        var _ = timer.scheduleAtFixedRate(this::sample, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(2, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        lease.close();
    }

    /// Null on a system that does not let itself be looked at.
    private static @Nullable HostSampler hostSampler(String host) {
        try {
            return new HostSampler(new OshiMachine(), host);
        } catch (RuntimeException | LinkageError odd) {
            LOG.warn("This system gives no figures of the host: {}", odd.toString());
            return null;
        }
    }

    private void sample() {
        try {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long now = clock.millis();
            List<Sample> samples = new ArrayList<>(server.sample(now, System.nanoTime()));
            if (host != null && lease.held()) {
                samples.addAll(host.sample(now));
            } else if (host != null) {
                host.pause();
            }
            var _ = writer.offer(samples, Duration.ZERO);
            cost.increment((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9);
        } catch (RuntimeException bug) {
            LOG.error("Taking samples of the host failed; the next second tries again.", bug);
        }
    }
}
