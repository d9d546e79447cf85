package io.watchfloor.client.sync;

import io.watchfloor.client.sync.DashboardReplica.Shared;
import io.watchfloor.client.sync.outbox.Held;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The dashboards that are open on one connection, and which room each is in. Dashboards that nobody has open but that
/// edits wait for are joined too, a few at a time, until these are sent. Owner executor only, but for [#live] and
/// [#company].
final class OpenDashboards {

    private static final System.Logger LOG = System.getLogger(OpenDashboards.class.getName());
    private static final int MOST_ERRANDS = 4;

    private final Shared shared;
    private final Consumer<String> notices;
    private final Map<DashboardId, DashboardReplica> replicas = new HashMap<>();
    private final Map<DashboardId, LiveRoom> liveRooms = new ConcurrentHashMap<>();
    private final Map<DashboardId, Company> companies = new ConcurrentHashMap<>();
    private final Map<Integer, DashboardReplica> rooms = new HashMap<>();
    /// Dashboards that are joined for the sake of their edits alone.
    private final Set<DashboardId> errands = new HashSet<>();
    /// Those that could not be joined over this connection.
    private final Set<DashboardId> failedErrands = new HashSet<>();
    /// Numbers the questions for live data; a session has each number once.
    private final AtomicInteger watches = new AtomicInteger();
    private @Nullable ServerLink link;
    private String session = "";
    private boolean closed;

    /// @param notices told what a person should know of dashboards that are not open
    OpenDashboards(Shared shared, Consumer<String> notices) {
        this.shared = shared;
        this.notices = notices;
    }

    /// @throws IllegalStateException where it is open already
    DashboardReplica open(DashboardId dashboard, DashboardListener listener) {
        DashboardReplica before = replicas.get(dashboard);
        if (before != null && errands.remove(dashboard)) {
            before.close();
        } else if (before != null) {
            throw new IllegalStateException("dashboard " + dashboard + " is open already");
        }
        return begin(dashboard, listener);
    }

    private DashboardReplica begin(DashboardId dashboard, DashboardListener listener) {
        LiveRoom live = new LiveRoom(shared.serverClock(), shared.surroundings(), watches::incrementAndGet);
        DashboardReplica replica = new DashboardReplica(dashboard, listener, shared, live, () -> forget(dashboard));
        replicas.put(dashboard, replica);
        liveRooms.put(dashboard, live);
        companies.put(dashboard, replica.company());
        if (link != null) {
            replica.membership().connected(link);
        }
        return replica;
    }

    private void forget(DashboardId dashboard) {
        DashboardReplica replica = replicas.remove(dashboard);
        liveRooms.remove(dashboard);
        companies.remove(dashboard);
        rooms.values().remove(replica);
        runErrands();
    }

    /// Joins dashboards that nobody has open and that edits wait for.
    private void runErrands() {
        if (link == null || closed) {
            return;
        }
        for (DashboardId dashboard : shared.outbox().held().keySet()) {
            if (errands.size() >= MOST_ERRANDS) {
                return;
            }
            if (!replicas.containsKey(dashboard) && !failedErrands.contains(dashboard)) {
                errands.add(dashboard);
                begin(dashboard, new Errand(notices, sent -> shared.surroundings().owner().execute(() -> {
                    if (errands.remove(dashboard)) {
                        if (!sent) {
                            failedErrands.add(dashboard);
                        }
                        DashboardReplica replica = replicas.get(dashboard);
                        if (replica != null) {
                            replica.close();
                        }
                    }
                })));
            }
        }
    }

    /// The live data of a dashboard, or null where it is not open. Thread-safe.
    @Nullable
    LiveRoom live(DashboardId dashboard) {
        return liveRooms.get(dashboard);
    }

    /// Who else is in a dashboard, or null where it is not open. Thread-safe.
    @Nullable
    Company company(DashboardId dashboard) {
        return companies.get(dashboard);
    }

    /// Edits that the server has not acked, those of dashboards that are not open included.
    int unsent() {
        int open = replicas.values().stream().mapToInt(DashboardReplica::unsent).sum();
        Map<DashboardId, Held> held = shared.outbox().held();
        return open + held.entrySet().stream().filter(of -> !replicas.containsKey(of.getKey()))
                .mapToInt(of -> of.getValue().size()).sum();
    }

    /// @param name of the session
    void connected(ServerLink to, String name) {
        link = to;
        session = name;
        failedErrands.clear();
        all().forEach(replica -> replica.membership().connected(to));
        runErrands();
    }

    void disconnected() {
        link = null;
        rooms.clear();
        all().forEach(replica -> {
            replica.membership().disconnected();
            replica.company().left();
        });
    }

    void close() {
        closed = true;
        all().forEach(DashboardReplica::close);
    }

    private List<DashboardReplica> all() {
        return new ArrayList<>(replicas.values());
    }

    void received(ServerMessage.Joined message) {
        DashboardReplica replica = replicas.get(message.dashboard());
        if (replica == null) {
            if (link != null) {
                link.send(new ClientMessage.Leave(message.room())); // it was closed while the answer was on its way
            }
        } else {
            rooms.put(message.room(), replica);
            replica.membership().joined(message);
            if (link != null && replica.joined()) {
                replica.company().joined(link, message.room(), session);
            }
        }
    }

    void received(ServerMessage.NotJoined message) {
        DashboardReplica replica = replicas.get(message.dashboard());
        if (replica != null) {
            replica.membership().joinFailed(message.code(), message.text());
        }
    }

    void received(ServerMessage.People message) {
        DashboardReplica replica = rooms.get(message.room());
        if (replica != null) {
            replica.company().peopleChanged();
            replica.membership().received(message);
        }
    }

    void received(ServerMessage.Granted message) {
        DashboardReplica replica = rooms.get(message.room());
        if (replica != null) {
            if (message.right() == Right.NONE) {
                replica.company().left();
            }
            replica.membership().received(message);
        }
    }

    /// A request was refused.
    void received(ServerMessage.Failed message) {
        LOG.log(System.Logger.Level.INFO, "the server refused a request: {0} {1}", message.code(), message.text());
        DashboardReplica replica = message.room() == null ? null : rooms.get(message.room());
        boolean presence = message.field() != null && message.field().startsWith("presence");
        if (replica != null && !presence) {
            replica.membership().received(message);
        }
    }

    /// The membership of a room; null where it was closed meanwhile.
    @Nullable
    Membership in(int room) {
        DashboardReplica replica = rooms.get(room);
        return replica == null ? null : replica.membership();
    }
}
