package io.watchfloor.benchmark.fuzz;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig;
import io.watchfloor.server.StartException;
import io.watchfloor.server.WatchfloorServer;
import io.watchfloor.server.auth.Accounts;
import io.watchfloor.server.auth.PasswordHasher;
import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.postgres.Database;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import io.watchfloor.server.store.postgres.EmbeddedPostgres;
import io.watchfloor.server.store.postgres.PostgresAccountStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A whole server in this process, with an administrator, a viewer, and two dashboards: one that the viewer may only see,
/// and one for edits. Confined to one thread, but for its addresses and tokens.
public final class FuzzedServer implements AutoCloseable {

    /// Of everybody.
    public static final String PASSWORD = "correct horse battery";
    private static final int UNAVAILABLE = 503;
    private static final int PATIENCE_SECONDS = 120;
    private static final String VIEWER = "viewer";
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    private final HttpClient http = HttpClient.newHttpClient();
    private final WatchfloorServer server;

    /// @param directory an empty one
    public FuzzedServer(Path directory, LimitSettings limits)
            throws StartException {
        server = WatchfloorServer.start(new ServerConfig("fuzzed", directory,
                new ServerConfig.Listening(new ListenAddress("127.0.0.1", 0), null, Exposure.OWN_MACHINE, limits),
                new ServerConfig.DatabaseChoice.Embedded(), null, Duration.ofDays(7),
                new ServerConfig.AtStart(PASSWORD, Map.of(), null)));
        SecureRandom random = new SecureRandom();
        try (PasswordHasher hasher = new PasswordHasher(random, PasswordHasher.Cost.SERVING, 1);
                Database database = Database.open(new DatabaseSettings(
                        Objects.requireNonNull(EmbeddedPostgres.running(directory)), 1, true))) {
            new Accounts(new PostgresAccountStore(database), hasher, InstantSource.system(), random).add(VIEWER,
                    Role.VIEWER, PASSWORD, false);
        }
    }

    public URI address() {
        return server.address();
    }

    /// A fresh access token.
    public String administrator() throws IOException, InterruptedException {
        return post("/api/v1/sign-in", new SignIn(Accounts.ADMIN, PASSWORD), null, Tokens.class).accessToken();
    }

    public String viewer() throws IOException, InterruptedException {
        return post("/api/v1/sign-in", new SignIn(VIEWER, PASSWORD), null, Tokens.class).accessToken();
    }

    /// The dashboard that everybody may see.
    public DashboardId seen() throws IOException, InterruptedException {
        DashboardList list = JSON.decode(get("/api/v1/dashboards", viewer()), DashboardList.class);
        return list.dashboards().getFirst().id();
    }

    public DashboardId make(String title) throws IOException, InterruptedException {
        return post("/api/v1/dashboards", new NewDashboard(title), administrator(), DashboardRow.class).id();
    }

    /// A dashboard's document with its stamps and revision, and its row in the list: what an unauthorised edit would
    /// change.
    public String state(DashboardId dashboard) throws IOException, InterruptedException {
        String token = administrator();
        try (RawWebSocket socket = RawWebSocket.open(address(), Encoding.JSON.subprotocol(), token)) {
            SplittableRandom random = new SplittableRandom();
            socket.send(RawWebSocket.TEXT,
                    JSON.encode(new ClientMessage.Hello(1, "watcher", java.util.List.of(), null)));
            socket.send(RawWebSocket.TEXT, JSON.encode(new ClientMessage.Join(dashboard,
                    new ReplicaId(new UUID(random.nextLong(), random.nextLong())), null, 0)));
            for (RawWebSocket.Received frame = socket.read(); frame != null; frame = socket.read()) {
                if (frame.opcode() != RawWebSocket.TEXT) {
                    continue;
                }
                for (Message message : JSON.decodeAll(frame.payload(), Message.class)) {
                    if (message instanceof ServerMessage.Joined joined) {
                        return joined.snapshot() + " " + joined.entries() + " " + row(dashboard, token);
                    }
                }
            }
        }
        throw new IOException("the server did not let its administrator in");
    }

    /// Its row in the list.
    private DashboardRow row(DashboardId dashboard, String token) throws IOException, InterruptedException {
        return JSON.decode(get("/api/v1/dashboards", token), DashboardList.class).dashboards().stream()
                .filter(row -> row.id().equals(dashboard)).findFirst().orElseThrow();
    }

    /// A figure of the server, by the begin of its line in `/metrics`; sums where there are several.
    public double figure(String name) throws IOException, InterruptedException {
        return new String(get("/metrics", null), StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith(name) && !line.startsWith("#"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    private byte[] get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address().resolve(path)), token);
    }

    public <T> T post(String path, Object body, @Nullable String token, Class<T> answer)
            throws IOException, InterruptedException {
        return JSON.decode(send(path, body, token), answer);
    }

    /// @return the body of the answer
    public byte[] send(String path, Object body, @Nullable String token) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.encode(body))), token);
    }

    private byte[] send(HttpRequest.Builder request, @Nullable String token) throws IOException, InterruptedException {
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        // under fuzz the database may be busy for a moment, as the answer says
        for (int i = 0; i < PATIENCE_SECONDS && response.statusCode() == UNAVAILABLE; i++) {
            TimeUnit.SECONDS.sleep(1);
            response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
        if (response.statusCode() >= 300) {
            throw new IOException(new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    @Override
    public void close() {
        http.shutdownNow();
        server.close();
    }
}
