package io.watchfloor.benchmark.desktop;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.MergeReport;
import io.watchfloor.client.model.ModelListener;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.OwnerTimer;
import io.watchfloor.client.sync.Surroundings;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.outbox.KeptList;
import io.watchfloor.client.sync.outbox.MvStoreOutbox;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// A desktop without windows: signed in, with one dashboard open. Its state is read and changed only through [#on].
/// Thread-safe.
final class Desktop implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    final Account account;
    final Outbox outbox;
    final List<MergeReport.Item> rejections = new CopyOnWriteArrayList<>();
    final List<MergeReport> reports = new CopyOnWriteArrayList<>();
    /// How often it has joined.
    final AtomicInteger joins = new AtomicInteger();
    /// Like the FX thread, it lets go of what comes after the end.
    private final ExecutorService owner = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), Thread.ofPlatform().daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    private final ScheduledExecutorService scheduler = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
    private final HttpClient http = HttpClient.newHttpClient();
    private final TyrusTransport transport = new TyrusTransport();
    private final Connection connection;
    private final DashboardModel model;

    Desktop(URI server, Path directory, String title) {
        this(server, directory, title, Desktop::signIn);
    }

    /// @param entrance signs in
    Desktop(URI server, Path directory, String title, Function<RestClient, Account> entrance) {
        this(server, directory, entrance, (desktop, rest) -> {
            DashboardList list = ok(desktop.account.dashboards());
            desktop.outbox.list(new KeptList(System.currentTimeMillis(), list.dashboards()));
            return row(list.dashboards(), title);
        });
    }

    private Desktop(URI server, Path directory, Function<RestClient, Account> entrance,
            BiFunction<Desktop, RestClient, DashboardId> shelf) {
        RandomGenerator random = new SecureRandom();
        RestClient rest = new RestClient(server, http, owner);
        account = entrance.apply(rest);
        outbox = MvStoreOutbox.open(directory, "test", account.name(), random, System.currentTimeMillis());
        DashboardId id = shelf.apply(this, rest);
        Surroundings surroundings = new Surroundings(owner, new OwnerTimer(scheduler, owner), Time.SYSTEM, random);
        connection = new Connection(server, transport, account, outbox, surroundings);
        model = call(() -> DashboardModel.open(connection, id, random));
        call(() -> model.listen(new ModelListener() {

            @Override
            public void joined() {
                joins.incrementAndGet();
            }

            @Override
            public void rejected(MergeReport.Item lost) {
                rejections.add(lost);
            }

            @Override
            public void merged(MergeReport report) {
                reports.add(report);
            }
        }));
        call(() -> {
            connection.start();
            return true;
        });
    }

    private static Account signIn(RestClient rest) {
        return ok(rest.signIn("admin", RunningServer.PASSWORD));
    }

    private static DashboardId row(List<DashboardRow> rows, String title) {
        return rows.stream().filter(d -> d.title().equals(title)).findFirst().orElseThrow().id();
    }

    /// A desktop that starts where no server answers, with what an earlier one has left in the directory.
    ///
    /// @param refreshToken of the earlier one's sign-in
    static Desktop withoutServer(URI server, Path directory, String title, String refreshToken) {
        return new Desktop(server, directory, rest -> rest.resumeLater(refreshToken, "admin", Role.ADMIN),
                (desktop, _) -> row(Objects.requireNonNull(desktop.outbox.list()).rows(), title));
    }

    private <T> T call(Callable<T> task) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return task.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, owner).orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /// Reads or changes the open dashboard on the thread that owns it.
    <T> T on(Function<DashboardModel, T> action) {
        return call(() -> action.apply(model));
    }

    Connection connection() {
        return connection;
    }

    Optional<Widget> find(ElementId id) {
        return on(open -> Optional.ofNullable(open.widget(id)));
    }

    Widget widget(String title) {
        return on(open -> open.widgets().stream().filter(w -> w.title().equals(title)).findFirst().orElseThrow());
    }

    static <T> T ok(CompletableFuture<Outcome<T>> asked) {
        return switch (asked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.toString());
            case Outcome.Unreachable<T> unreachable -> throw new AssertionError(unreachable.toString());
        };
    }

    @Override
    public void close() {
        call(() -> {
            connection.close();
            return true;
        });
        transport.close();
        outbox.close();
        http.close();
        scheduler.shutdownNow();
        owner.shutdown();
    }
}
