package io.watchfloor.server.room;

import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.store.DashboardStore;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/// What a room lives in.
///
/// @param executor the room's own; runs one task at a time
public record RoomContext(Surroundings surroundings, LiveQueries queries, Executor executor) {

    /// What all rooms of an instance share.
    ///
    /// @param instance names this run of it, and never another
    /// @param clock milliseconds since 1970 UTC
    public record Surroundings(String instance, DashboardStore store, EventBus bus, Access access, LongSupplier clock,
            Delay delay, RoomFigures figures) {}

    DashboardStore store() {
        return surroundings.store();
    }

    EventBus bus() {
        return surroundings.bus();
    }

    Access access() {
        return surroundings.access();
    }

    LongSupplier clock() {
        return surroundings.clock();
    }

    Delay delay() {
        return surroundings.delay();
    }

    RoomFigures figures() {
        return surroundings.figures();
    }
}
