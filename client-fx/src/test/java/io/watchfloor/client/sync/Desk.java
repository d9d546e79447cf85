package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A desktop in a test: one connection, one open dashboard, and what it was told. Confined to the test's thread.
public final class Desk implements DashboardListener {

    public final World world;
    private final LogServer server;
    public final Connection connection;
    public final DashboardReplica replica;
    public final List<String> told = new ArrayList<>();
    public final List<Rejection> rejections = new ArrayList<>();
    public final List<Merged> merged = new ArrayList<>();
    /// The texts as the deltas told of them make them.
    public final Map<TextId, String> texts = new HashMap<>();
    public final List<ConnectionState> states = new ArrayList<>();
    public int tokensAsked;
    public long tokenLifetime = 3_600_000;
    public boolean denied;

    public Desk(World world, LogServer server, InMemoryOutbox.Disk disk) {
        this(world, server, new InMemoryOutbox(disk, new ReplicaId(new UUID(3, world.monotonic())), world));
    }

    public Desk(World world, LogServer server, Outbox outbox) {
        this.world = world;
        this.server = server;
        connection = connection(outbox);
        connection.listen(states::add);
        replica = connection.open(LogServer.DASHBOARD, this);
    }

    /// A connection with no dashboard open.
    public Connection connection(InMemoryOutbox.Disk disk) {
        return connection(new InMemoryOutbox(disk, new ReplicaId(new UUID(3, world.monotonic())), world));
    }

    private Connection connection(Outbox outbox) {
        return new Connection(URI.create("http://wall.example"), server.transport(), renewed -> {
            tokensAsked++;
            return CompletableFuture.completedFuture(denied && renewed
                    ? new Credentials.Answer.Denied("Sign in again.")
                    : new Credentials.Answer.Token("token " + tokensAsked, server.time() + tokenLifetime));
        }, outbox, world.surroundings());
    }

    public static Desk joined(World world, LogServer server) {
        Desk desk = new Desk(world, server, new InMemoryOutbox.Disk());
        desk.connection.start();
        world.settle();
        return desk;
    }

    public void title(String title) {
        replica.edit("Rename", List.of(new Edit(ElementId.DASHBOARD, Properties.TITLE, Value.of(title))));
        world.settle();
    }

    public @Nullable Value title() {
        return get(ElementId.DASHBOARD, Properties.TITLE);
    }

    public @Nullable Value get(ElementId element, String property) {
        Assignment assignment = replica.find(element, property);
        return assignment == null ? null : assignment.value();
    }

    @Override
    public void changed(Set<Change> changes) {
        told.add("changed");
    }

    /// Types at an offset of a text.
    public void type(TextId text, int offset, String typed) {
        replica.editText("Type", text, Delta.insert(offset, typed));
        world.settle();
    }

    @Override
    public void textChanged(TextId text, Delta delta, boolean own) {
        String before = texts.getOrDefault(text, "");
        texts.put(text, delta.apply(before));
    }

    @Override
    public void opened(boolean kept) {
        told.add("opened " + kept);
    }

    @Override
    public void merged(Merged report) {
        merged.add(report);
    }

    @Override
    public void joined() {
        told.add("joined");
    }

    @Override
    public void left() {
        told.add("left");
    }

    @Override
    public void right(Right right) {
        told.add("right " + right);
    }

    @Override
    public void people(List<Person> people) {
        told.add("people " + people.size());
    }

    @Override
    public void unsent(int count) {
        told.add("unsent " + count);
    }

    @Override
    public void restamped(List<Assignment> before, List<Assignment> after) {
        told.add("restamped");
    }

    @Override
    public void rejected(Rejection rejection) {
        rejections.add(rejection);
    }

    @Override
    public void notice(String sentence) {
        told.add("notice " + sentence);
    }

    @Override
    public void unavailable(String sentence) {
        told.add("unavailable " + sentence);
    }
}
