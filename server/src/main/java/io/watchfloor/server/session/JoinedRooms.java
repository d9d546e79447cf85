package io.watchfloor.server.session;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Limits;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The rooms that a session is in, and the joins that it has asked for and that are not answered: both hold memory, so
/// both count. One thread at a time asks; all else is thread-safe.
final class JoinedRooms {

    private final Map<Integer, DashboardId> rooms = new ConcurrentHashMap<>();
    /// How many joins of each dashboard are under way.
    private final Map<DashboardId, Integer> asked = new ConcurrentHashMap<>();
    private final Map<Integer, DashboardId> view = Collections.unmodifiableMap(rooms);

    /// By number, as they are now.
    Map<Integer, DashboardId> view() {
        return view;
    }

    boolean contains(int room) {
        return rooms.containsKey(room);
    }

    /// A join is asked for.
    ///
    /// @return false where there are too many already
    boolean ask(DashboardId dashboard) {
        Set<DashboardId> all = new HashSet<>(asked.keySet());
        all.addAll(rooms.values());
        if (all.size() >= Limits.ROOMS_PER_SESSION && !all.contains(dashboard)) {
            return false;
        }
        asked.merge(dashboard, 1, Integer::sum);
        return true;
    }

    /// A join was answered.
    private void answered(DashboardId dashboard) {
        asked.computeIfPresent(dashboard, (_, joins) -> nullWhenOver(joins - 1));
    }

    private static @Nullable Integer nullWhenOver(int joins) {
        return joins == 0 ? null : joins;
    }

    void refused(DashboardId dashboard) {
        answered(dashboard);
    }

    void entered(DashboardId dashboard, int room) {
        rooms.put(room, dashboard);
        answered(dashboard);
    }

    void left(int room) {
        rooms.remove(room);
    }

    /// Leaves all.
    ///
    /// @return their numbers
    List<Integer> clear() {
        List<Integer> numbers = List.copyOf(rooms.keySet());
        rooms.clear();
        return numbers;
    }
}
