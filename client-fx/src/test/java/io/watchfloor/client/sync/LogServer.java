package io.watchfloor.client.sync;

import io.watchfloor.client.sync.transport.InMemoryTransport;
import io.watchfloor.client.sync.transport.InMemoryTransport.ServerEnd;
import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A server of one dashboard with the rules of the log and nothing else, whose answers a test can hold back or make.
/// Confined to the test's thread.
public final class LogServer {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    public static final DashboardId DASHBOARD = new DashboardId(new UUID(1, 2));
    public static final int ROOM = 5;

    /// What one replica's push was answered with; null stands for "accepted".
    private record Decided(long clientSeq, List<Operation> body, ServerMessage answer) {}

    private final World world;
    public final List<ClientMessage> heard = new ArrayList<>();
    public final List<Entry> log = new ArrayList<>();
    public final List<String> tokens = new ArrayList<>();
    public Epoch epoch = new Epoch(new UUID(9, 9));
    public Right right = Right.EDIT;
    /// Messages that are heard and left without any effect.
    public Predicate<ClientMessage> deaf = _ -> false;
    /// Answers that are not sent.
    public Predicate<ServerMessage> mute = _ -> false;
    /// Pushes that are refused.
    public Predicate<ClientMessage.Push> refuses = _ -> false;
    public boolean entriesOnJoin = true;
    /// Whether a replica that has nothing gets entries, not a snapshot.
    public boolean entriesFromTheStart;
    public boolean accepting = true;
    /// The stamps that are logged.
    public UnaryOperator<Stamp> restamps = stamp -> stamp;
    public long ahead;
    /// Text edits on older revisions are not taken.
    public long oldestBase;
    private final Map<ReplicaId, Integer> numbers = new HashMap<>();
    private final Map<Integer, List<Decided>> decided = new HashMap<>();
    private int lastNumber = 9;
    private @Nullable ServerEnd end;
    private int speaking;
    private Document document = new Document();

    public LogServer(World world) {
        this.world = world;
    }

    public InMemoryTransport transport() {
        return new InMemoryTransport(world, opening -> {
            tokens.add(opening.token());
            if (accepting) {
                end = opening;
                opening.accept(frame -> CODEC.decodeAll(frame, ClientMessage.class).forEach(this::hear), _ -> {});
            } else {
                opening.end(new Ending.Unreachable("No server answers."));
            }
        });
    }

    private void hear(ClientMessage message) {
        heard.add(message);
        if (!deaf.test(message)) {
            answer(message);
        }
    }

    private void answer(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> say(new ServerMessage.Welcome("s1", "ann", Role.EDITOR, time(), "one",
                    "test", List.of()));
            case ClientMessage.Ping ping -> say(new ServerMessage.Pong(ping.id(), time()));
            case ClientMessage.Join join -> join(join);
            case ClientMessage.Push push -> push(push);
            case ClientMessage.Renew renew -> tokens.add(renew.token());
            case ClientMessage.Leave _, ClientMessage.Watch _, ClientMessage.Show _ -> {}
        }
    }

    public long time() {
        return world.wall() + ahead;
    }

    private void join(ClientMessage.Join join) {
        speaking = numbers.computeIfAbsent(join.replica(), _ -> ++lastNumber);
        long highWater = decisions().isEmpty() ? 0 : decisions().getLast().clientSeq();
        boolean missingOnly = entriesOnJoin && (entriesFromTheStart || epoch.equals(join.epoch()));
        say(new ServerMessage.Joined(DASHBOARD, ROOM, right, epoch, speaking, highWater,
                missingOnly ? List.of() : authors(), missingOnly ? null : document.snapshot(log.size()),
                missingOnly ? List.copyOf(log.subList((int) join.revision(), log.size())) : List.of()));
    }

    private List<ServerMessage.Author> authors() {
        Map<Integer, String> authors = new TreeMap<>();
        log.forEach(entry -> authors.put(entry.replica(), entry.author()));
        return authors.entrySet().stream().map(each -> new ServerMessage.Author(each.getKey(), each.getValue()))
                .toList();
    }

    private List<Decided> decisions() {
        return decided.computeIfAbsent(speaking, _ -> new ArrayList<>());
    }

    /// Something else is decided already under the next number of the replica that joined last.
    void hasDecided(Operation other) {
        long number = 1L + decisions().size();
        decisions().add(new Decided(number, List.of(other), new ServerMessage.Acked(ROOM, number)));
    }

    private void push(ClientMessage.Push push) {
        for (Decided before : decisions()) {
            if (before.clientSeq() == push.clientSeq()) {
                say(before.body().equals(push.operations())
                        ? before.answer()
                        : new ServerMessage.Failed(ErrorCode.SEQUENCE_REUSED, ROOM, null, "clientSeq", "Reused.", null,
                                push.clientSeq()));
                return;
            }
        }
        if (push.clientSeq() != decisions().size() + 1) {
            say(new ServerMessage.Failed(ErrorCode.SEQUENCE_GAP, ROOM, null, "clientSeq", "A gap.", null,
                    push.clientSeq()));
        } else if (push.operations().stream().anyMatch(o -> o instanceof TextEdit edit && edit.base() < oldestBase)) {
            ServerMessage refusal = new ServerMessage.Rejected(ROOM, push.clientSeq(), ErrorCode.TEXT_BASE_GONE, null,
                    "It was made on a revision that is too old.");
            decisions().add(new Decided(push.clientSeq(), push.operations(), refusal));
            say(refusal);
        } else if (refuses.test(push)) {
            ServerMessage refusal = new ServerMessage.Rejected(ROOM, push.clientSeq(), ErrorCode.INVALID, null,
                    "It is not allowed.");
            decisions().add(new Decided(push.clientSeq(), push.operations(), refusal));
            say(refusal);
        } else {
            decisions().add(new Decided(push.clientSeq(), push.operations(),
                    new ServerMessage.Acked(ROOM, push.clientSeq())));
            commit(speaking, push.clientSeq(), push.operations().stream().map(this::onHead).toList());
        }
    }

    /// Carries a text edit past what was logged since its base.
    private Operation onHead(Operation operation) {
        if (operation instanceof Assignment assignment) {
            return assignment.withStamp(restamps.apply(assignment.stamp()));
        }
        if (!(operation instanceof TextEdit edit)) {
            return operation;
        }
        Delta delta = edit.delta();
        for (Entry entry : log.subList((int) edit.base(), log.size())) {
            for (Operation logged : entry.operations()) {
                if (logged instanceof TextEdit other && other.id().equals(edit.id())) {
                    delta = delta.transform(other.delta(), Delta.Side.RIGHT);
                }
            }
        }
        return new TextEdit(edit.element(), edit.property(), log.size(), delta);
    }

    /// Appends what another replica typed at the head.
    public void type(TextId text, Delta delta) {
        commit(new Entry(log.size() + 1, 1, log.size() + 1, "ann", time(),
                List.of(new TextEdit(text.element(), text.property(), log.size(), delta))));
    }

    /// Appends another replica's entry.
    public void commit(Assignment... assignments) {
        commitAs("ann", assignments);
    }

    public void commitAs(String author, Assignment... assignments) {
        commit(new Entry(log.size() + 1, 1, log.size() + 1, author, time(), List.of(assignments)));
    }

    private void commit(int replica, long clientSeq, List<Operation> operations) {
        commit(new Entry(log.size() + 1, replica, clientSeq, "ann", time(), operations));
    }

    private void commit(Entry entry) {
        List<Operation> operations = entry.operations();
        log.add(entry);
        operations.forEach(operation -> {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> document.apply(edit);
            }
        });
        say(new ServerMessage.Committed(ROOM, entry));
    }

    public Document document() {
        return document;
    }

    /// Loses its latest entries, as after a restore from a backup.
    public void restore(int revision) {
        log.subList(revision, log.size()).clear();
        decided.forEach((number, of) -> of.removeIf(decision -> log.stream().noneMatch(
                entry -> entry.replica() == number && entry.clientSeq() >= decision.clientSeq())));
        numbers.values().removeIf(number -> log.stream().noneMatch(entry -> entry.replica() == number));
        document = new Document();
        log.forEach(entry -> entry.operations().forEach(operation -> {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> document.apply(edit);
            }
        }));
        epoch = new Epoch(UUID.randomUUID());
    }

    public void say(ServerMessage message) {
        if (!mute.test(message) && end != null) {
            end.send(CODEC.encode(message));
        }
    }

    public void hangUp(int code) {
        if (end != null) {
            end.end(new Ending.Closed(code, ""));
        }
    }

    public <T extends ClientMessage> List<T> heard(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
