package io.watchfloor.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.watchfloor.protocol.Role;
import io.watchfloor.server.http.Access;
import io.watchfloor.server.http.Answer;
import io.watchfloor.server.http.HttpServer;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.http.Route;
import io.watchfloor.server.http.Router;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Forged and mangled access tokens against the real route, each refused with the very same answer. Wherever it is about
/// what a token says, it is signed with the right key, so that nothing but what it says can be the reason.
///
/// Source: RFC 8725; the usual list of attacks on JWT libraries.
@Timeout(120)
class JwtAttackTest {

    private final AuthFixture auth = new AuthFixture();
    private final TokenForge forge = new TokenForge(auth);
    private final SigningKey key = forge.key;
    private final HttpServer server = new HttpServer(new ListenAddress("127.0.0.1", 0));
    private final HttpClient client = HttpClient.newHttpClient();
    private final long now = forge.now;

    @BeforeEach
    void start() throws IOException {
        Route mine = Route.get("/mine", Access.person(Role.VIEWER), call -> Answer.text("text/plain",
                call.caller().account()));
        server.bind();
        server.start(new Router(List.of(mine), auth.authenticator, auth.limiter, new SimpleMeterRegistry()), null);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        auth.close();
    }

    @Test
    void canary_theSameTokenWithoutAnAttackIsTaken() throws Exception {
        assertThat(ask(forge.signed(forge.header(), forge.claims())).statusCode()).isEqualTo(200);
        assertThat(ask(forge.issued()).body()).isEqualTo("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "none ", "", "HS256\\u0000"})
    void algorithmNone_inAllSpellings_isRefused(String none) throws Exception {
        String header = forge.header().replace("HS256", none);
        refused(TokenForge.encoded(header) + "." + TokenForge.encoded(forge.claims()) + ".");
        refused(TokenForge.encoded(header) + "." + TokenForge.encoded(forge.claims()));
        refused(forge.signed(header, forge.claims()));
    }

    @Test
    void rsaKeyAsHmacSecret_isRefused() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        String unsigned = TokenForge.encoded(forge.header().replace("HS256", "RS256")) + "."
                + TokenForge.encoded(forge.claims());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
        refused(unsigned + "." + TokenForge.encoded(signature.sign()));
        refused(forge.signed(forge.header(), forge.claims(), "HmacSHA256", pair.getPublic().getEncoded()));
    }

    @Test
    void otherHmacs_areRefused_alsoUnderTheRightKey() throws Exception {
        refused(forge.signed(forge.header().replace("HS256", "HS384"), forge.claims(), "HmacSHA384", key.secret()));
        refused(forge.signed(forge.header().replace("HS256", "HS512"), forge.claims(), "HmacSHA512", key.secret()));
        refused(forge.signed(forge.header().replace("HS256", "hs256"), forge.claims()));
    }

    /// The code is that of the right key, and only what the header calls it is another.
    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "ES256", "ES384", "PS256", "EdDSA"})
    void hmacUnderTheRightKey_calledAnAsymmetricSignature_isRefused(String algorithm) throws Exception {
        refused(forge.signed(forge.header().replace("HS256", algorithm), forge.claims()));
        refused(forge.signed(forge.header().replace("HS256", algorithm), forge.claims(), "HmacSHA512", key.secret()));
    }

    @Test
    void emptyCutOrForeignSignature_isRefused() throws Exception {
        String token = forge.issued();
        int last = token.lastIndexOf('.');
        refused(token.substring(0, last + 1));
        refused(token.substring(0, last));
        refused(token.substring(0, token.length() - 4));
        refused(forge.signed(forge.header(), forge.claims(), "HmacSHA256", new byte[32]));
        refused(forge.signed(forge.header(), forge.claims(), "HmacSHA256", new byte[]{0}));
        refused(forge.signed(forge.header(), forge.claims(), "HmacSHA256",
                auth.keys.signing(Purpose.REFRESH).secret()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "at+JWT", "AT+JWT", "refresh+jwt", ""})
    void otherType_isRefused(String type) throws Exception {
        refused(forge.signed(forge.header().replace("at+jwt", type), forge.claims()));
    }

    @Test
    void missingType_isRefused() throws Exception {
        refused(forge.signed(forge.header().replace("\"typ\":\"at+jwt\",", ""), forge.claims()));
    }

    @Test
    void otherAudienceOrIssuer_isRefused() throws Exception {
        refused(forge.signed(forge.header(), forge.claims().replace("watchfloor-api", "another-api")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"aud\":\"watchfloor-api\"", "\"aud\":[]")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"aud\":\"watchfloor-api\"",
                "\"aud\":[\"another-api\",\"watchfloor-api\"]")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"aud\":\"watchfloor-api\",", "")));
        refused(forge.signed(forge.header(),
                forge.claims().replace("\"iss\":\"watchfloor\"", "\"iss\":\"Watchfloor\"")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"iss\":\"watchfloor\",", "")));
    }

    @Test
    void endInAnotherForm_isRefused() throws Exception {
        String end = "\"exp\":" + (now + 300);
        for (String bad : List.of("\"exp\":\"" + (now + 300) + "\"", "\"exp\":" + (now + 300) + ".5", "\"exp\":-1",
                "\"exp\":1e99", "\"exp\":99999999999999999999999999", "\"exp\":9223372036854775807", "\"exp\":null",
                "\"exp\":true", "\"exp\":[" + (now + 300) + "]", "\"exp\":{}", "\"exp\":0", "\"exp\":+1",
                "\"exp\":0x7fffffff", "\"EXP\":" + (now + 300), "\"exp\":99999999999")) {
            refused(forge.signed(forge.header(), forge.claims().replace(end, bad)));
        }
        refused(forge.signed(forge.header(), forge.claims().replace(end, "\"exp\":" + (now - 1))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "nbf", "iat", "sub", "gen", "sid"})
    void missingClaim_isRefused(String name) throws Exception {
        refused(forge.signed(forge.header(),
                forge.claims().replaceFirst("\"" + name + "\":(\"[a-z0-9-]*\"|[0-9]+),", "")));
    }

    @Test
    void beginInTheFuture_isRefused() throws Exception {
        refused(forge.signed(forge.header(), forge.claims().replace("\"nbf\":" + now, "\"nbf\":" + (now + 60))));
        refused(forge.signed(forge.header(), forge.claims().replace("\"iat\":" + now, "\"iat\":" + (now + 60))));
        refused(forge.signed(forge.header(), forge.claims().replace("\"nbf\":" + now, "\"nbf\":\"" + now + "\"")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../dev/null", "/dev/null", "..\\\\..\\\\x", "' OR '1'='1", "x' UNION SELECT ''--",
            "file:///etc/passwd", "", "%00", "\\u0000"})
    void keyIdThatIsAPathOrAQuery_isRefused(String id) throws Exception {
        String header = forge.header().replace(key.id(), id);
        refused(forge.signed(header, forge.claims()));
        refused(forge.signed(header, forge.claims(), "HmacSHA256", new byte[]{0}));
    }

    @Test
    void missingOrOddKeyId_isRefused() throws Exception {
        refused(forge.signed(forge.header().replace(",\"kid\":\"" + key.id() + "\"", ""), forge.claims()));
        refused(forge.signed(forge.header().replace("\"" + key.id() + "\"", "null"), forge.claims()));
        refused(forge.signed(forge.header().replace("\"" + key.id() + "\"", "[\"" + key.id() + "\"]"), forge.claims()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"jku\":\"http://127.0.0.1:1/keys\"", "\"x5u\":\"http://127.0.0.1:1/cert\"",
            "\"x5c\":[\"MIIB\"]", "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}", "\"crit\":[\"exp\"]", "\"zip\":\"DEF\"",
            "\"b64\":false", "\"cty\":\"JWT\""})
    void headerThatBringsItsOwnKeyOrRules_isRefused(String member) throws Exception {
        refused(forge.signed(forge.header().replace("{", "{" + member + ","), forge.claims()));
    }

    @Test
    void nameThatComesTwice_isRefused() throws Exception {
        refused(forge.signed(forge.header(), forge.claims().replace("{", "{\"exp\":" + (now - 60) + ",")));
        refused(forge.signed(forge.header(), forge.claims().replace("{", "{\"sub\":\"due\",")));
        refused(forge.signed(forge.header().replace("{", "{\"alg\":\"none\","), forge.claims()));
        refused(forge.signed(forge.header(), forge.claims().replace("{", "{\"\\u0065xp\":" + (now + 9_999) + ",")));
    }

    @Test
    void garbageAroundTheToken_isRefused() throws Exception {
        String token = forge.issued();
        refused(token + ".");
        refused(token + ".x");
        refused(token + "=");
        refused(token + "!");
        refused("." + token);
        refused(forge.signed(forge.header() + " ", forge.claims()));
        refused(forge.signed(forge.header(), forge.claims() + "{}"));
        refused(forge.signed(forge.header(), forge.claims() + "\u0000"));
        refused("a.b.c");
        refused("...");
    }

    @Test
    void bitsThatMeanNothing_areRefused() throws Exception {
        String token = forge.issued();
        char last = token.charAt(token.length() - 1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        refused(token.substring(0, token.length() - 1) + alphabet.charAt(alphabet.indexOf(last) ^ 1));
    }

    /// To the object that reads tokens, and over HTTP, where it does not get that far.
    @Test
    void hugeToken_isRefusedWithoutBeingRead() throws Exception {
        refused(forge.signed(forge.header(), forge.claims().replace("}", ",\"pad\":\"" + "x".repeat(6_000) + "\"}")));
        String megabyte = forge.issued() + "x".repeat(1 << 20);
        long before = allocated();
        assertThat(auth.authenticator.authenticate(megabyte)).isNull();
        assertThat(auth.authenticator.authenticateService(megabyte)).isNull();
        assertThat(auth.authenticator.hasRunOut(megabyte)).isFalse();
        assertThat(allocated() - before).as("bytes taken to refuse a megabyte").isLessThan(100_000);
        assertThat(overHttp(megabyte)).startsWith("HTTP/1.1 431").contains("too-large");
        assertThat(ask(forge.issued()).statusCode()).as("the server goes on").isEqualTo(200);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /// The answer, also where the server has heard enough before all was said.
    private String overHttp(String token) throws Exception {
        try (Socket socket = new Socket(server.address().getHost(), server.address().getPort());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.setSoTimeout(60_000);
            Future<String> answer = executor.submit(() -> {
                StringBuilder heard = new StringBuilder();
                try {
                    for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
                        heard.append((char) c);
                    }
                } catch (SocketException cutOff) {
                    // it has said all that it says
                }
                return heard.toString();
            });
            try {
                socket.getOutputStream().write(("GET /mine HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + token
                        + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            } catch (SocketException cutOff) {
                // it has heard enough
            }
            return answer.get();
        }
    }

    @Test
    void tokenOfADisabledOrChangedAccount_isRefused() throws Exception {
        refused(forge.signed(forge.header(), forge.claims().replace("alice", "nobody")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"gen\":1", "\"gen\":2")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"gen\":1", "\"gen\":\"1\"")));
        refused(forge.signed(forge.header(), forge.claims().replace("\"gen\":1", "\"gen\":4294967297")));
        assertThat(ask(forge.issued()).statusCode()).isEqualTo(200);
        auth.store.changeDisabled("alice", true);
        auth.rights.refresh();
        refused(forge.issued());
        refused(forge.signed(forge.header(), forge.claims()));
        auth.store.changeDisabled("alice", false);
        auth.rights.refresh();
        auth.store.changePassword("alice", auth.hasher.hash("battery staple"));
        auth.rights.refresh();
        refused(forge.issued());
    }

    private void refused(String token) throws Exception {
        assertThat(auth.authenticator.authenticate(token)).isNull();
        HttpResponse<String> wrong = ask("nonsense");
        HttpResponse<String> answer = ask(token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo(wrong.body()).contains("not-signed-in");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .isEqualTo(wrong.headers().firstValue("WWW-Authenticate"));
    }

    private HttpResponse<String> ask(String token) throws Exception {
        return client.send(HttpRequest.newBuilder(server.address().resolve("/mine"))
                .header("Authorization", "Bearer " + token).build(), BodyHandlers.ofString());
    }
}
