package io.watchfloor.client.sync.rest;

import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.client.sync.trust.UnknownServerException;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AcceptInvitation;
import io.watchfloor.protocol.rest.ChangePassword;
import io.watchfloor.protocol.rest.Device;
import io.watchfloor.protocol.rest.KioskAccess;
import io.watchfloor.protocol.rest.KioskChallenge;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.RefreshToken;
import io.watchfloor.protocol.rest.SignIn;
import io.watchfloor.protocol.rest.SignInCode;
import io.watchfloor.protocol.rest.Tokens;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The server's REST interface, for what happens before and beside the connection. Futures complete on the owner
/// executor, and never exceptionally. Thread-safe.
public final class RestClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.JSON);
    private static final String API = "/api/v1";
    private static final int FIRST_ERROR = 300;
    /// With which the accounts of wall screens begin.
    private static final String KIOSK = "kiosk:";

    private final URI server;
    private final HttpClient http;
    private final Executor owner;
    private final @Nullable Device device;

    /// One that tells nothing of the machine it is on.
    public RestClient(URI server, HttpClient http, Executor owner) {
        this(server, http, owner, null);
    }

    /// @param server base address, `http` or `https`
    /// @param http closed by who made it
    /// @param device told to the server with each sign-in; absent to tell nothing
    public RestClient(URI server, HttpClient http, Executor owner, @Nullable Device device) {
        this.server = server;
        this.http = http;
        this.owner = owner;
        this.device = device;
    }

    public CompletableFuture<Outcome<Account>> signIn(String name, String password) {
        return signIn(name, password, null);
    }

    /// @param code of the second factor, or a recovery code; absent where none was asked for yet
    public CompletableFuture<Outcome<Account>> signIn(String name, String password, @Nullable String code) {
        return signedIn(post("/sign-in", new SignIn(name, password, code, device), null, reader(Tokens.class)));
    }

    /// @param code works once
    public CompletableFuture<Outcome<Account>> signInWithCode(String code) {
        return signedIn(post("/sign-in/code", new SignInCode(code, device), null, reader(Tokens.class)));
    }

    /// Makes an account with an invitation, and signs in to it.
    ///
    /// @param code of the invitation; works once
    /// @param name absent where the invitation says it
    public CompletableFuture<Outcome<Account>> acceptInvitation(String code, @Nullable String name, String password) {
        return signedIn(post("/invitations/accept", new AcceptInvitation(code, name, password, device), null,
                reader(Tokens.class)));
    }

    /// A name as one segment of a path.
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// Signs in with what an earlier sign-in left.
    ///
    /// @param refreshToken works once; the account has the next one
    public CompletableFuture<Outcome<Account>> resume(String refreshToken) {
        return signedIn(refresh(refreshToken));
    }

    /// Goes on with what an earlier sign-in left, while no server answers. The account asks for tokens with its first
    /// request that reaches one.
    public Account resumeLater(String refreshToken, String name, Role role) {
        return new Account(this, new Tokens("", 0, refreshToken, name, role, false));
    }

    /// Binds a wall screen to this device.
    ///
    /// @param code works once
    public CompletableFuture<Outcome<KioskAccess>> enrolKiosk(String code, DeviceKey key) {
        return post("/kiosks/enrol", key.enrolment(code), null, reader(KioskAccess.class));
    }

    /// The account of a wall screen that was enrolled. It asks for tokens with its first request, and proves the device's
    /// key for each.
    public Account kiosk(String name, DeviceKey key) {
        return new Account(this, new Tokens("", 0, "", KIOSK + name, Role.VIEWER, false), () -> prove(name, key));
    }

    private CompletableFuture<Outcome<Tokens>> prove(String name, DeviceKey key) {
        return post("/kiosks/challenge", null, null, reader(KioskChallenge.class))
                .thenCompose(asked -> switch (asked) {
                    case Outcome.Ok<KioskChallenge>(KioskChallenge given) -> post("/kiosks/tokens",
                            key.proof(name, given.challenge()), null, reader(KioskAccess.class))
                            .thenApply(outcome -> outcome.map(RestClient::tokens));
                    case Outcome.Refused<KioskChallenge> refused -> CompletableFuture.completedFuture(refused.as());
                    case Outcome.Unreachable<KioskChallenge> unreachable ->
                        CompletableFuture.completedFuture(unreachable.as());
                });
    }

    private static Tokens tokens(KioskAccess access) {
        return new Tokens(access.accessToken(), access.accessExpiresAt(), "", KIOSK + access.name(), Role.VIEWER,
                false);
    }

    private CompletableFuture<Outcome<Account>> signedIn(CompletableFuture<Outcome<Tokens>> tokens) {
        return tokens.thenApply(outcome -> switch (outcome) {
            case Outcome.Ok<Tokens>(Tokens fresh) -> new Outcome.Ok<>(new Account(this, fresh));
            case Outcome.Refused<Tokens> refused -> refused.as();
            case Outcome.Unreachable<Tokens> unreachable -> unreachable.as();
        });
    }

    CompletableFuture<Outcome<Tokens>> refresh(String refreshToken) {
        String key = device == null ? null : device.key();
        return post("/tokens", new RefreshToken(refreshToken, key), null, reader(Tokens.class));
    }

    /// @param accessToken of who changes it
    CompletableFuture<Outcome<Tokens>> changePassword(String oldPassword, String newPassword, String accessToken) {
        return post("/password", new ChangePassword(oldPassword, newPassword, device), accessToken,
                reader(Tokens.class));
    }

    /// Any text as one part of a path.
    static String pathPart(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static <T> Function<byte[], T> reader(Class<T> type) {
        return body -> CODEC.decode(body, type);
    }

    <T> CompletableFuture<Outcome<T>> get(String path, String accessToken, Function<byte[], T> reader) {
        return send(request(path, accessToken).GET(), reader);
    }

    <T> CompletableFuture<Outcome<T>> delete(String path, String accessToken, Function<byte[], T> reader) {
        return send(request(path, accessToken).DELETE(), reader);
    }

    /// @param body absent where there is nothing to say
    <T> CompletableFuture<Outcome<T>> post(String path, @Nullable Object body, @Nullable String accessToken,
            Function<byte[], T> reader) {
        HttpRequest.Builder request = request(path, accessToken);
        return send(body == null
                ? request.POST(BodyPublishers.noBody())
                : request.header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(CODEC.encode(body))),
                reader);
    }

    private HttpRequest.Builder request(String path, @Nullable String accessToken) {
        String base = server.toString();
        HttpRequest.Builder request = HttpRequest
                .newBuilder(URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + API + path))
                .timeout(TIMEOUT).header("Accept", "application/json");
        return accessToken == null ? request : request.header("Authorization", "Bearer " + accessToken);
    }

    private <T> CompletableFuture<Outcome<T>> send(HttpRequest.Builder request, Function<byte[], T> reader) {
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .handleAsync((response, failure) -> failure == null ? read(response, reader) : explain(failure), owner);
    }

    private <T> Outcome<T> read(HttpResponse<byte[]> response, Function<byte[], T> reader) {
        int status = response.statusCode();
        try {
            if (status < FIRST_ERROR) {
                return new Outcome.Ok<>(reader.apply(response.body()));
            }
            Problem problem = CODEC.decode(response.body(), Problem.class);
            String field = problem.field();
            return new Outcome.Refused<>(status, problem.code(), problem.detail(), field == null ? "" : field,
                    retryAfter(response));
        } catch (CodecException e) {
            return new Outcome.Unreachable<>(
                    "What answers at " + server + " is not a Watchfloor server (HTTP " + status + ").");
        }
    }

    private static long retryAfter(HttpResponse<?> response) {
        try {
            return response.headers().firstValueAsLong("Retry-After").orElse(0);
        } catch (NumberFormatException e) {
            return 0; // a date, which only what stands between here and the server would write
        }
    }

    private <T> Outcome<T> explain(Throwable failure) {
        UnknownServer unknown = UnknownServerException.in(failure);
        if (unknown != null) {
            return new Outcome.Unreachable<>(unknown.changed()
                    ? "The server's certificate is not the one that was trusted before. Nothing was sent to it."
                    : "Nobody vouches for the server's certificate. Nothing was sent to it.", unknown);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CompletionException _ -> {}
                case HttpConnectTimeoutException _, HttpTimeoutException _ -> {
                    return new Outcome.Unreachable<>("The server at " + server.getAuthority()
                            + " did not answer in time.");
                }
                case UnresolvedAddressException _ -> {
                    return new Outcome.Unreachable<>("There is no machine named '" + server.getHost() + "'.");
                }
                case SSLException untrusted -> {
                    return new Outcome.Unreachable<>(
                            "The server's certificate is not accepted (" + untrusted.getMessage() + ").");
                }
                default -> {}
            }
        }
        return new Outcome.Unreachable<>("No server answers at " + server.getAuthority() + ".");
    }
}
