package io.watchfloor.system;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.OwnerTimer;
import io.watchfloor.client.sync.Surroundings;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.RestClient;
import io.watchfloor.client.sync.transport.TyrusTransport;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.rest.DashboardRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/// A colleague at another desk: the whole desktop but its window. Test thread only.
final class SecondClient implements AutoCloseable {

    private static final long GUARD_SECONDS = 60;

    /// Like the FX thread, it lets go of what comes after the end.
    private final ScheduledExecutorService owner = new ScheduledThreadPoolExecutor(1,
            new ThreadPoolExecutor.DiscardPolicy());
    private final HttpClient http = HttpClient.newHttpClient();
    private final TyrusTransport transport = new TyrusTransport();
    private final Connection connection;
    private final DashboardModel model;

    SecondClient(URI server, Path codeFile, String title) throws IOException, InterruptedException {
        Account account = ok(new RestClient(server, http, owner).signInWithCode(Files.readString(codeFile).strip()));
        DashboardRow row = ok(account.dashboards()).dashboards().stream().filter(each -> each.title().equals(title))
                .findFirst().orElseThrow();
        Random random = new Random(3);
        connection = new Connection(server, transport, account,
                new InMemoryOutbox(new InMemoryOutbox.Disk(), new ReplicaId(UUID.randomUUID()), owner),
                new Surroundings(owner, new OwnerTimer(owner, owner), Time.SYSTEM, random));
        model = onOwner(() -> {
            DashboardModel opened = DashboardModel.open(connection, row.id(), random);
            connection.start();
            return opened;
        });
    }

    private static <T> T ok(CompletableFuture<Outcome<T>> answer) throws InterruptedException {
        return switch (await(answer)) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.sentence());
            case Outcome.Unreachable<T> unreachable -> throw new AssertionError(unreachable.sentence());
        };
    }

    private static <T> T await(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get(GUARD_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private <T> T onOwner(Supplier<T> task) throws InterruptedException {
        return await(CompletableFuture.supplyAsync(task, owner));
    }

    /// What is asked of the dashboard, as this client has it.
    <T> T ask(Function<DashboardModel, T> question) throws InterruptedException {
        return onOwner(() -> question.apply(model));
    }

    /// The first widget of this title and kind, as this client has it.
    Optional<Widget> widget(String kind, String title) throws InterruptedException {
        return ask(dashboard -> dashboard.widgets().stream()
                .filter(each -> each.kind().equals(kind) && each.title().equals(title)).findFirst());
    }

    @Override
    public void close() {
        CompletableFuture.runAsync(() -> {
            model.close();
            connection.close();
        }, owner).orTimeout(GUARD_SECONDS, TimeUnit.SECONDS).join();
        transport.close();
        http.shutdownNow();
        owner.shutdownNow();
    }
}
