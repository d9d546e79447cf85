package io.watchfloor.server;

import static io.watchfloor.server.LiveClient.PATIENCE;
import static io.watchfloor.server.RestCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.NewDashboard;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import io.watchfloor.server.ServerConfig.AtStart;
import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.ServerConfig.Listening;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.store.postgres.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The first sign-in to a new installation, over real sockets.
@Timeout(240)
class FirstSignInTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void firstAdministrator_hasAPasswordInAFile_whichOpensNothingUntilItIsChanged(@TempDir Path data)
            throws Exception {
        var address = DATABASE.address();
        try (WatchfloorServer server = WatchfloorServer.start(new ServerConfig("test", data,
                new Listening(new ListenAddress("127.0.0.1", 0), null, false),
                new DatabaseChoice.External(address.url(), address.user(), address.password(), false), null,
                Duration.ofDays(30), new AtStart(null, Map.of(), null)));
                RestCalls rest = new RestCalls(server.address())) {
            Path file = data.resolve("admin-password.txt");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
            String password = Files.readString(file).strip();
            Tokens due = rest.signIn("admin", password);
            assertThat(due.mustChangePassword()).isTrue();
            HttpResponse<byte[]> refused = rest.get("/api/v1/dashboards", due.accessToken());
            RestCalls.is(refused, 403);
            RestCalls.is(rest.post("/api/v1/dashboards", due.accessToken(), new NewDashboard("Mine")), 403);
            try (LiveClient socket = new LiveClient(server.address(), due.accessToken())) {
                await().atMost(PATIENCE).until(() -> socket.closed() == CloseCode.NOT_SIGNED_IN.code());
            }
            RestCalls.is(rest.post("/api/v1/password", due.accessToken(), new ChangePassword(password, password)),
                    400);
            Tokens own = read(rest.post("/api/v1/password", due.accessToken(),
                    new ChangePassword(password, "a password of my own")), 200, Tokens.class);
            assertThat(own.mustChangePassword()).isFalse();
            assertThat(read(rest.get("/api/v1/dashboards", own.accessToken()), 200, DashboardList.class).dashboards())
                    .hasSize(1);
            try (LiveClient socket = new LiveClient(server.address(), own.accessToken())) {
                socket.first(ServerMessage.Welcome.class);
            }
            RestCalls.is(rest.post("/api/v1/sign-in", null, new SignIn("admin", password)), 401);
            assertThat(rest.signIn("admin", "a password of my own").mustChangePassword()).isFalse();
            RestCalls.is(rest.get("/api/v1/dashboards", due.accessToken()), 401);
        }
    }
}
