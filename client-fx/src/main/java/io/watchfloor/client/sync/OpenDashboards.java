package io.watchfloor.client.sync;

import io.watchfloor.client.sync.DashboardReplica.Shared;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The dashboards that are open on one connection, and which room each is in. Owner executor only, but for [#live].
final class OpenDashboards {

    private static final System.Logger LOG = System.getLogger(OpenDashboards.class.getName());

    private final Shared shared;
    private final Map<DashboardId, DashboardReplica> replicas = new HashMap<>();
    private final Map<DashboardId, LiveRoom> liveRooms = new ConcurrentHashMap<>();
    private final Map<Integer, DashboardReplica> rooms = new HashMap<>();
    /// Numbers the questions for live data; a session has each number once.
    private final AtomicInteger watches = new AtomicInteger();
    private @Nullable ServerLink link;

    OpenDashboards(Shared shared) {
        this.shared = shared;
    }

    /// @throws IllegalStateException where it is open already
    DashboardReplica open(DashboardId dashboard, DashboardListener listener) {
        if (replicas.containsKey(dashboard)) {
            throw new IllegalStateException("dashboard " + dashboard + " is open already");
        }
        LiveRoom live = new LiveRoom(shared.serverClock(), shared.surroundings(), watches::incrementAndGet);
        DashboardReplica replica = new DashboardReplica(dashboard, listener, shared, live, () -> forget(dashboard));
        replicas.put(dashboard, replica);
        liveRooms.put(dashboard, live);
        if (link != null) {
            replica.membership().connected(link);
        }
        return replica;
    }

    private void forget(DashboardId dashboard) {
        DashboardReplica replica = replicas.remove(dashboard);
        liveRooms.remove(dashboard);
        rooms.values().remove(replica);
    }

    /// The live data of a dashboard, or null where it is not open. Thread-safe.
    @Nullable
    LiveRoom live(DashboardId dashboard) {
        return liveRooms.get(dashboard);
    }

    /// Edits of open dashboards that the server has not acked.
    int unsent() {
        return replicas.values().stream().mapToInt(DashboardReplica::unsent).sum();
    }

    void connected(ServerLink to) {
        link = to;
        all().forEach(replica -> replica.membership().connected(to));
    }

    void disconnected() {
        link = null;
        rooms.clear();
        all().forEach(replica -> replica.membership().disconnected());
    }

    void close() {
        all().forEach(DashboardReplica::close);
    }

    private List<DashboardReplica> all() {
        return new ArrayList<>(replicas.values());
    }

    void received(ServerMessage.Joined message) {
        DashboardReplica replica = replicas.get(message.dashboard());
        if (replica != null) {
            rooms.put(message.room(), replica);
            replica.membership().joined(message);
        }
    }

    void received(ServerMessage.NotJoined message) {
        DashboardReplica replica = replicas.get(message.dashboard());
        if (replica != null) {
            replica.membership().joinFailed(message.code(), message.text());
        }
    }

    /// A request was refused.
    void received(ServerMessage.Failed message) {
        LOG.log(System.Logger.Level.INFO, "the server refused a request: {0} {1}", message.code(), message.text());
        DashboardReplica replica = message.room() == null ? null : rooms.get(message.room());
        if (replica != null) {
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
