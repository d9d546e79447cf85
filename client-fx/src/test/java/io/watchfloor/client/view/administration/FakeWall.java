package io.watchfloor.client.view.administration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskDashboards;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.KioskRow;
import io.watchfloor.protocol.rest.NewKiosk;
import io.watchfloor.protocol.rest.Problem;
import io.watchfloor.protocol.rest.ProblemCode;
import io.watchfloor.protocol.rest.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A server that knows three dashboards and some wall screens, over HTTP. Thread-safe.
final class FakeWall implements AutoCloseable {

    static final long NOW = 1_794_700_226_450L;
    static final String CODE = "Zt5-one-time-code";
    static final DashboardId ROUTERS = new DashboardId(new UUID(1, 1));
    static final DashboardId POWER = new DashboardId(new UUID(1, 2));
    static final DashboardId WEATHER = new DashboardId(new UUID(1, 3));
    private static final RecordCodec JSON = RecordCodec.of(Encoding.JSON);

    final List<KioskRow> screens = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeWall() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/tokens", exchange -> answer(exchange,
                new Tokens("access", NOW + 600_000, "refresh", "root", Role.ADMIN, false)));
        server.createContext("/api/v1/dashboards", exchange -> answer(exchange, new DashboardList(List.of(
                row(ROUTERS, "Core routers"), row(POWER, "Power and cooling"), row(WEATHER, "Weather")))));
        server.createContext("/api/v1/kiosks", this::kiosks);
        server.start();
    }

    private static DashboardRow row(DashboardId id, String title) {
        return new DashboardRow(id, title, "anna", NOW, Right.OWN);
    }

    static KioskRow screen(String name, boolean enrolled, @Nullable Long seen, DashboardId... shown) {
        return new KioskRow(name, List.of(shown), enrolled, "root", NOW - 86_400_000, seen,
                seen == null ? null : "10.1.2.9");
    }

    private void kiosks(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String name = path.length > 4 ? path[4] : "";
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("GET")) {
            answer(exchange, new KioskList(screens));
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            screens.removeIf(row -> row.name().equals(name));
            done(exchange);
        } else if (path.length == 4) {
            make(exchange, JSON.decode(body, NewKiosk.class));
        } else if (path[5].equals("code")) {
            screens.replaceAll(row -> row.name().equals(name)
                    ? screen(name, false, row.usedAt(), row.dashboards().toArray(DashboardId[]::new))
                    : row);
            answer(exchange, new KioskCode(name, CODE, NOW + 86_400_000));
        } else {
            List<DashboardId> shown = JSON.decode(body, KioskDashboards.class).dashboards();
            screens.replaceAll(row -> row.name().equals(name)
                    ? screen(name, row.enrolled(), row.usedAt(), shown.toArray(DashboardId[]::new))
                    : row);
            done(exchange);
        }
    }

    private void make(HttpExchange exchange, NewKiosk wanted) throws IOException {
        if (screens.stream().anyMatch(row -> row.name().equals(wanted.name()))) {
            answer(exchange, Problem.of(ProblemCode.CONFLICT, "There is a wall screen of this name already.", "name"));
        } else {
            screens.add(screen(wanted.name(), false, null, wanted.dashboards().toArray(DashboardId[]::new)));
            answer(exchange, new KioskCode(wanted.name(), CODE, NOW + 86_400_000));
        }
    }

    private static void done(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = JSON.encode(body);
        exchange.sendResponseHeaders(body instanceof Problem problem ? problem.status() : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
