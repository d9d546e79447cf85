package io.watchfloor.client.app;

import io.watchfloor.client.sync.OwnerTimer;
import io.watchfloor.client.sync.Surroundings;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.widget.RedrawPulse;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// The threads, clocks and connections that everything in the process shares. FX thread only, but for [#close].
final class Machinery implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Executor fxThread = new FxThread();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService scheduler = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("timer").factory());
    private final HttpClient inTheClear = http().build();
    private final Map<String, HttpClient> inTls = new HashMap<>();
    private final ServerTrust trust;
    private final Transport transport;
    private final Surroundings surroundings = new Surroundings(fxThread, new OwnerTimer(scheduler, fxThread),
            Time.SYSTEM, new SecureRandom());
    private final RedrawPulse pulse = new RedrawPulse(fxThread);

    private final ThisDevice device;

    /// @param trust decides which servers are believed
    /// @param device told to the servers that somebody signs in to
    Machinery(ServerTrust trust, ThisDevice device) {
        this.device = device;
        this.trust = trust;
        this.transport = new TyrusTransport(trust);
    }

    private HttpClient.Builder http() {
        return HttpClient.newBuilder().connectTimeout(CONNECT).executor(requests)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    RestClient rest(URI server) {
        HttpClient http = "https".equalsIgnoreCase(server.getScheme())
                ? inTls.computeIfAbsent(ServerTrust.key(server),
                        _ -> http().sslContext(trust.context(server)).build())
                : inTheClear;
        return new RestClient(server, http, fxThread, device.at(server));
    }

    ServerTrust trust() {
        return trust;
    }

    /// Where it may block.
    Executor requests() {
        return requests;
    }

    Transport transport() {
        return transport;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    RedrawPulse pulse() {
        return pulse;
    }

    @Override
    public void close() {
        pulse.close();
        transport.close();
        inTheClear.shutdownNow();
        inTls.values().forEach(HttpClient::shutdownNow);
        scheduler.shutdownNow();
        requests.shutdownNow();
    }
}
