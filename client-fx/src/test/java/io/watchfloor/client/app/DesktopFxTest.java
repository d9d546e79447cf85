package io.watchfloor.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchfloor.client.FxThread;
import io.watchfloor.client.sync.rest.DeviceKey;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.KioskChallenge;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.Label;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole desktop, at a server that lets nobody in.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set before each test
class DesktopFxTest {

    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);
    private static final Duration GUARD = Duration.ofSeconds(60);
    private static final String TAKEN_BACK = "This wall screen was taken back, or this is not its device.";

    @TempDir
    private Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answers = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/api/v1/kiosks/challenge", exchange -> answer(exchange, new KioskChallenge("abc")));
        server.createContext("/api/v1/kiosks/tokens",
                exchange -> answer(exchange, Problem.of(ProblemCode.WRONG_CREDENTIALS, TAKEN_BACK, null)));
        server.createContext("/api/v1/tokens", exchange -> {
            asked.countDown();
            await().atMost(GUARD).until(() -> answers.getCount() == 0);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        answers.countDown();
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = JSON.encode(body);
        exchange.sendResponseHeaders(body instanceof Problem problem ? problem.status() : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private Options options() {
        return new Options(address(), null, null, folder.resolve("state"), null, null);
    }

    private static List<String> waitingFor() throws Exception {
        return FxThread.call(() -> Window.getWindows().stream().map(window -> window.getScene().lookup("#waiting"))
                .filter(Label.class::isInstance).map(node -> ((Label) node).getText()).toList());
    }

    @Test
    void wallScreen_ACC42_thatIsNotLetInAnyMore_saysWhy_andDoesNotAskWithoutPause() throws Exception {
        Options options = options();
        Path key = folder.resolve("kiosk.key");
        new KioskFile(key, address(), DeviceKey.make(), "lobby", List.of(new DashboardId(new UUID(1, 1))))
                .write();
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Desktop desktop = FxThread.call(() -> Desktop.open(options.as(new Options.Kiosk(key, null)), end::complete));
        await().atMost(GUARD).until(() -> waitingFor().contains(TAKEN_BACK));
        FxThread.settle();
        assertThat(waitingFor()).containsExactly(TAKEN_BACK);
        FxThread.run(desktop::quit);
        assertThat(end.get(GUARD.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    @Test
    void windowThatIsClosedWhileItSignsIn_OFF6_letsNobodyInAfterwards() throws Exception {
        Options options = options();
        StateDirectory state = new StateDirectory(folder.resolve("state"));
        SignInKeeper keeper = new SignInKeeper(state, KeepSignIn.FILE, new KeyringSecretStore(),
                SignInPlaces.Patience.USUAL, Runnable::run);
        keeper.at(address()).keep("kept", "anna", Role.EDITOR);
        keeper.close().get(GUARD.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture<Integer> end = new CompletableFuture<>();
        Desktop desktop = FxThread.call(() -> Desktop.open(options, end::complete));
        assertThat(asked.await(GUARD.toSeconds(), TimeUnit.SECONDS)).isTrue();
        FxThread.run(desktop::quit);
        assertThat(end.get(GUARD.toSeconds(), TimeUnit.SECONDS)).isZero();
        answers.countDown();
        FxThread.settle();
        assertThat(new Settings(state).account()).as("who came in last").isEmpty();
        assertThat(folder.resolve("state").resolve("outbox")).doesNotExist();
    }
}
