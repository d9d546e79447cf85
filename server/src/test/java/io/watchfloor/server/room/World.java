package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.room.RoomContext.Surroundings;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.StoredDashboard;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Rooms of several instances on one store in memory, in which every step happens when the test says so: one queue of
/// tasks and a clock of its own.
final class World {

    static final DashboardId DASHBOARD = new DashboardId(new UUID(1, 1));
    static final ElementId WIDGET = new ElementId(7);

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> later = new PriorityQueue<>(
            Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Map<String, Right> rights = new HashMap<>();
    private final List<Bus> buses = new ArrayList<>();
    private final List<BusMessage> sent = new ArrayList<>();
    /// Raised by what changes rights in the store.
    long rightsRevision = DashboardStore.ANY_RIGHTS;
    final FaultyStore store = new FaultyStore(
            new InMemoryDashboardStore(tasks::add, () -> java.time.Instant.ofEpochMilli(now()),
                    new SplittableRandom(1), () -> rightsRevision));
    final RoomFigures figures = new RoomFigures();
    boolean busIsDead;
    private long now = 1_000_000;
    private long order;
    private int sessions;

    private record Due(long at, long order, Runnable task) {}

    World() {
        store.create(DASHBOARD, "Wall", null, List.of(entry(1, 0, 1, created(WIDGET, 0))));
        settle();
    }

    static Entry entry(long revision, int replica, long clientSeq, List<Operation> operations) {
        return new Entry(revision, replica, clientSeq, "server", 0, operations);
    }

    static List<Operation> created(ElementId element, int replica) {
        Stamp stamp = new Stamp(1, 0, replica);
        return List.of(new Assignment(element, Properties.EXISTS, Value.of(true), stamp),
                new Assignment(element, Properties.KIND, Value.of(Properties.KIND_METRIC), stamp),
                new Assignment(element, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString()), stamp),
                new Assignment(element, Properties.BOUNDS, new Bounds(0, 0, 4, 4).toValue(), stamp));
    }

    long now() {
        return now;
    }

    /// Runs everything that is due now.
    void settle() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /// Lets time pass, running what comes due.
    void pass(long millis) {
        long until = now + millis;
        settle();
        while (!later.isEmpty() && later.element().at() <= until) {
            Due due = later.remove();
            now = due.at();
            due.task().run();
            settle();
        }
        now = until;
    }

    /// Runs the next task that is due now.
    void step() {
        tasks.remove().run();
    }

    /// Lets time pass and begins what comes due, whatever waits to be run.
    void comesDue(long millis) {
        now += millis;
        while (!later.isEmpty() && later.element().at() <= now) {
            later.remove().task().run();
        }
    }

    void grant(String account, Right right) {
        rights.put(account, right);
    }

    /// How many messages of a kind all instances have told the others.
    long sent(String kind) {
        return sent.stream().filter(message -> message.getClass().getSimpleName().equals(kind)).count();
    }

    BusMessage lastSent(String kind) {
        return sent.stream().filter(message -> message.getClass().getSimpleName().equals(kind))
                .reduce((_, last) -> last).orElseThrow();
    }

    /// Delivers a message to all instances that comes late or twice.
    void sendAgain(BusMessage message) {
        buses.forEach(bus -> bus.listeners.forEach(listener -> listener.accept(message)));
    }

    /// An instance says and hears nothing more.
    void crash(String name) {
        buses.removeIf(bus -> bus.name.equals(name));
    }

    /// Sets the clock of every machine back; what is due later stays as far away.
    void setBack(long millis) {
        now -= millis;
        List<Due> moved = later.stream().map(due -> new Due(due.at() - millis, due.order(), due.task())).toList();
        later.clear();
        later.addAll(moved);
    }

    /// Tasks that wait to be run.
    int waiting() {
        return tasks.size();
    }

    Rooms instance(String name) {
        return instance(name, (account, _) -> rights.getOrDefault(account, Right.EDIT));
    }

    Rooms instance(String name, Access access) {
        return instance(name, access, Duration.ofMinutes(1));
    }

    /// @param empty how often rooms are looked for that nobody is in
    Rooms instance(String name, Access access, Duration empty) {
        Bus bus = new Bus(name);
        buses.add(bus);
        Executor threads = tasks::add;
        return new Rooms(new Surroundings(name, store, bus, access, this::now,
                (millis, task) -> later.add(new Due(now + millis, order++, task)), figures), threads, empty);
    }

    /// A bus that delivers in the queue of tasks, or not at all.
    private final class Bus implements EventBus {

        private final String name;
        private final List<Consumer<BusMessage>> listeners = new ArrayList<>();

        Bus(String name) {
            this.name = name;
        }

        @Override
        public void publish(BusMessage message) {
            sent.add(message);
            if (!busIsDead && buses.contains(this)) {
                buses.stream().filter(bus -> bus != this)
                        .forEach(bus -> tasks.add(() -> bus.listeners.forEach(listener -> listener.accept(message))));
            }
        }

        @Override
        public void subscribe(Consumer<BusMessage> listener) {
            listeners.add(listener);
        }

        @Override
        public void onGap(Runnable listener) {}

        @Override
        public boolean isConnected() {
            return !busIsDead;
        }

        @Override
        public void close() {}
    }

    /// A session that keeps what it is told.
    static final class Guest implements Member {

        final String name;
        final List<ServerMessage> told = new ArrayList<>();
        @Nullable
        CloseCode closed;
        @Nullable
        TickRing ticks;

        @Nullable
        Sights sights;
        boolean slow;
        /// When it was last heard; its clock goes on by itself unless a test stops it.
        LongSupplier heardAt;
        private final String session;
        private long seen;

        Guest(String name, String session, LongSupplier heardAt) {
            this.name = name;
            this.session = session;
            this.heardAt = heardAt;
        }

        <T extends ServerMessage> List<T> told(Class<T> type) {
            return told.stream().filter(type::isInstance).map(type::cast).toList();
        }

        ServerMessage.Joined joined() {
            return told(ServerMessage.Joined.class).getLast();
        }

        List<Long> revisions() {
            return told(ServerMessage.Committed.class).stream().map(c -> c.entry().revision()).toList();
        }

        ClientMessage.Push title(long clientSeq, String text, long wall) {
            return push(clientSeq, new Assignment(WIDGET, Properties.TITLE, Value.of(text),
                    new Stamp(wall, 0, joined().replica())));
        }

        ClientMessage.Push push(long clientSeq, Operation... operations) {
            return new ClientMessage.Push(joined().room(), clientSeq, List.of(operations));
        }

        @Override
        public String session() {
            return session;
        }

        @Override
        public long heardAt() {
            return heardAt.getAsLong();
        }

        @Override
        public String account() {
            return name;
        }

        @Override
        public void deliver(Frame frame) {
            told.addAll(frame.messages());
        }

        @Override
        public void entered(DashboardId dashboard, int room, TickRing ring, long position, Sights shown) {
            ticks = ring;
            sights = shown;
        }

        @Override
        public void left(int room) {
            ticks = null;
            sights = null;
        }

        /// Reads what people show, unless it is a slow one.
        @Override
        public void ticked() {
            Sights shown = sights;
            if (shown != null && !slow) {
                Sights.Missing missing = shown.after(seen);
                seen = missing.version();
                Frame frame = missing.frame();
                if (frame != null) {
                    told.addAll(frame.messages());
                }
            }
        }

        @Override
        public void close(CloseCode code, String text) {
            closed = code;
        }
    }

    Guest join(Rooms rooms, String name, ReplicaId replica) {
        return join(rooms, name, new ClientMessage.Join(DASHBOARD, replica, null, 0));
    }

    Guest join(Rooms rooms, String name, ClientMessage.Join join) {
        sessions++;
        Guest guest = new Guest(name, "session " + sessions + " of " + name, this::now);
        rooms.join(guest, join);
        settle();
        return guest;
    }

    static ReplicaId replica(long n) {
        return new ReplicaId(new UUID(2, n));
    }

    /// A store whose appends can lose their answer, before or after they were written.
    static final class FaultyStore implements DashboardStore {

        private final DashboardStore store;
        int losesBefore;
        int losesAfter;
        boolean dead;
        /// The log is read for ever.
        boolean stalls;
        /// What is loaded holds an entry that does not fit.
        boolean holdsNonsense;
        /// Says nothing of heads any more, not even that it is gone.
        boolean hanging;
        int reads;
        int lookups;
        int registrations;
        int snapshots;
        int loads;

        FaultyStore(DashboardStore store) {
            this.store = store;
        }

        @Override
        public CompletionStage<AppendResult> append(DashboardId dashboard, LogPosition head, long rights,
                List<Decision> decisions) {
            if (losesBefore > 0) {
                losesBefore--;
                return CompletableFuture.completedStage(new AppendResult.Unknown());
            }
            if (losesAfter > 0) {
                losesAfter--;
                return store.append(dashboard, head, rights, decisions).thenApply(_ -> new AppendResult.Unknown());
            }
            return dead ? gone() : store.append(dashboard, head, rights, decisions);
        }

        private static <T extends @Nullable Object> CompletionStage<T> gone() {
            return CompletableFuture.failedStage(
                    new StoreException("The database is gone.", new IllegalStateException("test")));
        }

        @Override
        public CompletionStage<Void> create(DashboardId dashboard, String title, @Nullable String owner,
                List<Entry> creation) {
            return store.create(dashboard, title, owner, creation);
        }

        @Override
        public CompletionStage<@Nullable StoredDashboard> load(DashboardId dashboard) {
            loads++;
            CompletionStage<@Nullable StoredDashboard> loaded = dead ? gone() : store.load(dashboard);
            return loaded.thenApply(stored -> stored == null || !holdsNonsense
                    ? stored
                    : new StoredDashboard(stored.epoch(), stored.snapshot(), List.of(entry(2, 0, 2,
                            List.of(new TextEdit(WIDGET, Properties.TEXT, 1, Delta.insert(9, "beyond the end")))))));
        }

        @Override
        public CompletionStage<List<Entry>> entriesAfter(DashboardId dashboard, LogPosition position, int most) {
            reads++;
            return stalls ? new CompletableFuture<>() : dead ? gone() : store.entriesAfter(dashboard, position, most);
        }

        @Override
        public CompletionStage<Map<DashboardId, LogPosition>> heads(Collection<DashboardId> dashboards) {
            return hanging ? new CompletableFuture<>() : dead ? gone() : store.heads(dashboards);
        }

        @Override
        public CompletionStage<@Nullable ReplicaState> register(DashboardId dashboard, ReplicaId replica,
                String account) {
            registrations++;
            return dead ? FaultyStore.<@Nullable ReplicaState>gone() : store.register(dashboard, replica, account);
        }

        @Override
        public CompletionStage<Void> seen(DashboardId dashboard, LogPosition position) {
            return dead ? gone() : store.seen(dashboard, position);
        }

        @Override
        public CompletionStage<Map<Integer, ReplicaState>> replicas(DashboardId dashboard,
                Collection<Integer> numbers) {
            lookups++;
            return dead ? gone() : store.replicas(dashboard, numbers);
        }

        @Override
        public CompletionStage<Void> saveSnapshot(DashboardId dashboard, Epoch epoch, Snapshot snapshot) {
            snapshots++;
            return store.saveSnapshot(dashboard, epoch, snapshot);
        }

        @Override
        public CompletionStage<List<DashboardSummary>> list() {
            return store.list();
        }

        @Override
        public CompletionStage<Boolean> delete(DashboardId dashboard) {
            return store.delete(dashboard);
        }
    }
}
