package io.watchfloor.benchmark.desktop;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.GrantRow;
import io.watchfloor.protocol.rest.NewUser;
import io.watchfloor.protocol.rest.OneTimePassword;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the administrator does about other accounts. Confined to the test's thread.
final class Administration {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    private final URI server;
    private final HttpClient http;
    private final String token;

    Administration(URI server, HttpClient http) {
        this.server = server;
        this.http = http;
        token = JSON.decode(post("/sign-in", new SignIn("admin", RunningServer.PASSWORD), null), Tokens.class)
                .accessToken();
    }

    /// @return the password, which is the editor's own already
    String addEditor(String name) {
        String first = JSON.decode(post("/users", new NewUser(name, Role.EDITOR), token), OneTimePassword.class)
                .password();
        String own = "violet staple under nine";
        Account account = Desktop.ok(new RestClient(server, http, Runnable::run).signIn(name, first));
        Desktop.ok(account.changePassword(first, own));
        return own;
    }

    /// Lets somebody edit a dashboard.
    void share(String dashboard, String name) {
        Account admin = Desktop.ok(new RestClient(server, http, Runnable::run).signIn("admin", RunningServer.PASSWORD));
        DashboardId id = Desktop.ok(admin.dashboards()).dashboards().stream()
                .filter(row -> row.title().equals(dashboard)).findFirst().orElseThrow().id();
        post("/dashboards/" + id + "/grants", new GrantRow(name, null, Right.EDIT), token);
    }

    void disable(String name) {
        post("/users/" + name + "/disable", null, token);
    }

    void enable(String name) {
        post("/users/" + name + "/enable", null, token);
    }

    private byte[] post(String path, @Nullable Record body, @Nullable String as) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/api/v1" + path))
                .header("Content-Type", "application/json")
                .POST(body == null ? BodyPublishers.ofString("{}") : BodyPublishers.ofByteArray(JSON.encode(body)));
        if (as != null) {
            request.header("Authorization", "Bearer " + as);
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 300) {
                throw new AssertionError(path + ": " + new String(response.body(),
                        StandardCharsets.UTF_8));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
