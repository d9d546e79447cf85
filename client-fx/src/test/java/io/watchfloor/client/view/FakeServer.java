package io.watchfloor.client.view;

import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.transport.InMemoryTransport;
import io.watchfloor.client.sync.transport.InMemoryTransport.ServerEnd;
import io.watchfloor.client.sync.transport.Transport;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A server with one dashboard, which a test writes and feeds; it keeps a log, hands out replica numbers and acks pushes.
/// Confined to its executor.
public final class FakeServer {

    public static final DashboardId DASHBOARD = new DashboardId(new UUID(7, 7));

    private static final int ROOM = 1;
    private static final int COLLEAGUE = 1;
    private static final int CLIENT = 2;
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private final Executor executor;
    private final Epoch epoch = new Epoch(new UUID(1, 1));
    private final Document document = new Document();
    private final List<Entry> log = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Assignment> pushed = new ArrayList<>();
    private final List<Presence> shown = new ArrayList<>();
    private Right right = Right.OWN;
    private boolean reachable = true;
    private @Nullable ServerEnd session;
    private @Nullable Table table;
    private @Nullable String lastZ;
    private long position;
    private long highWater;
    private int counter;
    private long passed;

    /// @param executor runs everything that happens at the server and on the way to it
    public FakeServer(Executor executor) {
        this.executor = executor;
    }

    public Transport transport() {
        return new InMemoryTransport(executor, this::connect);
    }

    public static Credentials credentials() {
        return _ -> CompletableFuture.completedFuture(new Credentials.Answer.Token("token", Long.MAX_VALUE));
    }

    /// What the client has pushed and was committed, in order.
    public List<Assignment> pushed() {
        return List.copyOf(pushed);
    }

    public @Nullable Value value(ElementId element, String property) {
        return document.get(element, property);
    }

    /// So much time passes here, so that what a colleague does is later whatever the clock of the client says.
    public void passes(long millis) {
        passed += millis;
    }

    private long time() {
        return System.currentTimeMillis() + passed;
    }

    /// A colleague makes an edit.
    public void colleague(ElementId element, String property, Value value) {
        colleague(List.of(Map.entry(property, value)), element);
    }

    private void colleague(List<Map.Entry<String, Value>> values, ElementId element) {
        List<Operation> operations = new ArrayList<>();
        values.forEach(
                each -> operations.add(new Assignment(element, each.getKey(), each.getValue(), stamp(COLLEAGUE))));
        commit(new Entry(log.size() + 1, COLLEAGUE, 0, "boris", time(), operations));
    }

    /// A colleague types into a long text as it stands here.
    public void types(TextId text, Delta delta) {
        commit(new Entry(log.size() + 1, COLLEAGUE, 0, "boris", time(),
                List.of(new TextEdit(text.element(), text.property(), log.size(), delta))));
    }

    public String text(TextId text) {
        return document.text(text);
    }

    /// A colleague's caret stands in a long text as it is here; what the client shows is in [#shown].
    public void caret(TextId text, int anchor, int head) {
        Presence presence = new Presence(null, List.of(), List.of(), new Presence.Editing(text.element(),
                text.property(), new Presence.Caret(log.size(), anchor, head)), null, null);
        send(new ServerMessage.Seen(ROOM, List.of(new ServerMessage.Sight("s2", presence))));
    }

    /// The colleague does not type any more.
    public void stopsTyping() {
        send(new ServerMessage.Seen(ROOM, List.of(new ServerMessage.Sight("s2",
                new Presence(null, List.of(), List.of(), null, null, null)))));
    }

    /// A colleague makes a widget, or a series entry of a chart.
    public ElementId create(long id, String kind, ElementId parent, Map<String, Value> properties) {
        ElementId element = new ElementId(id);
        List<Map.Entry<String, Value>> values = new ArrayList<>();
        values.add(Map.entry(Properties.EXISTS, Value.of(true)));
        values.add(Map.entry(Properties.KIND, Value.of(kind)));
        values.add(Map.entry(Properties.PARENT, Value.of(parent.toString())));
        lastZ = FractionalIndex.between(lastZ, null);
        values.add(Map.entry(parent.equals(ElementId.DASHBOARD) ? Properties.Z : Properties.ORDER, Value.of(lastZ)));
        values.addAll(properties.entrySet());
        colleague(values, element);
        return element;
    }

    public static Value query(Query query) {
        return new Value.Fields(new TreeMap<>(Map.of("source", Value.of(query.source()), "language",
                Value.of(query.language()), "text", Value.of(query.text()))));
    }

    /// A series with its past.
    public void history(Line line) {
        lines.add(line);
    }

    /// The table that every query for one is answered with.
    public void table(Table now) {
        table = now;
    }

    /// Sends the newest sample of each series, in the order of [#history].
    public void tick(long time, double... values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = lines.get(i).number();
        }
        position++;
        send(new ServerMessage.Tick(ROOM, position, position == 1 ? numbered() : List.of(),
                new Samples(time, numbers, new int[values.length], values), List.of()));
    }

    private List<ServerMessage.NumberedSeries> numbered() {
        return lines.stream().map(line -> new ServerMessage.NumberedSeries(line.number(), line.key())).toList();
    }

    public void grant(Right now) {
        right = now;
        send(new ServerMessage.Granted(ROOM, now));
    }

    public void people(ServerMessage.Person... people) {
        send(new ServerMessage.People(ROOM, List.of(people)));
    }

    /// What a colleague shows.
    public void seen(String who, Presence presence) {
        send(new ServerMessage.Seen(ROOM, List.of(new ServerMessage.Sight(who, presence))));
    }

    /// What the client last showed.
    public Presence shown() {
        return shown.isEmpty() ? Presence.NONE : shown.getLast();
    }

    /// Pulls the plug, or puts it back.
    public void reachable(boolean now) {
        reachable = now;
        ServerEnd ended = session;
        session = null;
        if (!now && ended != null) {
            ended.end(new Transport.Ending.Closed(1006, ""));
        }
    }

    private void connect(ServerEnd end) {
        if (!reachable) {
            end.end(new Transport.Ending.Unreachable("The server does not answer."));
            return;
        }
        session = end;
        end.accept(frame -> CODEC.decodeAll(frame, ClientMessage.class).forEach(this::received), _ -> session = null);
    }

    private void received(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> send(new ServerMessage.Welcome("s1", "anna", Role.EDITOR, time(),
                    "test", "0", List.of()));
            case ClientMessage.Renew _, ClientMessage.Leave _ -> {}
            case ClientMessage.Show show -> shown.add(show.presence());
            case ClientMessage.Ping ping -> send(new ServerMessage.Pong(ping.id(), time()));
            case ClientMessage.Join join -> {
                send(new ServerMessage.Joined(join.dashboard(), ROOM, right, epoch, CLIENT, highWater, List.of(), null,
                        log.subList((int) join.revision(), log.size())));
                people(new ServerMessage.Person("s1", "anna", 0), new ServerMessage.Person("s2", "boris", 1));
            }
            case ClientMessage.Push push -> {
                if (push.clientSeq() <= highWater) {
                    return;
                }
                highWater = push.clientSeq();
                List<Operation> logged = push.operations().stream().map(this::merged).toList();
                commit(new Entry(log.size() + 1, CLIENT, push.clientSeq(), "anna", time(), logged));
            }
            case ClientMessage.Watch watch -> answer(watch);
        }
    }

    private void answer(ClientMessage.Watch watch) {
        Query query = watch.query();
        if (query.language().equals(Query.TABLE)) {
            Table now = table;
            if (now != null) {
                send(new ServerMessage.History(ROOM, watch.watch(), position, now));
            }
        } else if (query.text().startsWith("broken")) {
            send(new ServerMessage.Failed(ErrorCode.INVALID_QUERY, ROOM, watch.watch(), "query", "It is broken."));
        } else {
            Selector selector = Selector.parse(query.text());
            send(new ServerMessage.History(ROOM, watch.watch(), position,
                    new Series(lines.stream().filter(line -> selector.matches(line.key())).toList())));
        }
    }

    private Operation merged(Operation operation) {
        return switch (operation) {
            case Assignment assignment -> {
                pushed.add(assignment);
                yield assignment;
            }
            case TextEdit edit -> {
                Delta delta = edit.delta();
                for (Entry since : log.subList((int) edit.base(), log.size())) {
                    for (Operation other : since.operations()) {
                        if (other instanceof TextEdit earlier && earlier.id().equals(edit.id())) {
                            delta = delta.transform(earlier.delta(), Delta.Side.RIGHT);
                        }
                    }
                }
                yield new TextEdit(edit.element(), edit.property(), log.size(), delta);
            }
        };
    }

    private void commit(Entry entry) {
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> document.apply(assignment);
                case TextEdit edit -> document.apply(edit);
            }
        }
        log.add(entry);
        send(new ServerMessage.Committed(ROOM, entry));
    }

    private void send(ServerMessage message) {
        ServerEnd to = session;
        if (to != null) {
            to.send(CODEC.encode(message));
        }
    }

    private Stamp stamp(int replica) {
        counter++;
        return new Stamp(time(), counter, replica);
    }

    /// A line of one sample a second up to now.
    public static Line line(int number, SeriesKey key, int samples, java.util.function.IntToDoubleFunction values) {
        long now = System.currentTimeMillis() / 1_000 * 1_000;
        long[] times = new long[samples];
        double[] samplesOfLine = new double[samples];
        for (int i = 0; i < samples; i++) {
            times[i] = now - (samples - 1L - i) * 1_000;
            samplesOfLine[i] = values.applyAsDouble(i);
        }
        return new Line(number, key, times, samplesOfLine);
    }
}
