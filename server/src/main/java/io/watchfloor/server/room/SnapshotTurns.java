package io.watchfloor.server.room;

import io.watchfloor.document.DashboardId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves a snapshot whenever so much was logged that one is due. One at a time: a store that is slow gets no second one
/// to do before it is done with the first. A snapshot that is not saved costs time at the next load and nothing else.
/// Confined to its room's executor.
final class SnapshotTurns {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTurns.class);

    private final DashboardId dashboard;
    private final RoomLog log;
    private final RoomContext context;
    private boolean saving;

    SnapshotTurns(DashboardId dashboard, RoomLog log, RoomContext context) {
        this.dashboard = dashboard;
        this.log = log;
        this.context = context;
    }

    void saveWhenDue() {
        if (!saving && log.takeSnapshotTurn()) {
            saving = true;
            context.store().saveSnapshot(dashboard, log.epoch(), log.snapshot())
                    .whenComplete((_, fault) -> context.executor().execute(() -> {
                        saving = false;
                        if (fault != null) {
                            LOG.warn("A snapshot of dashboard {} was not saved; the log still holds everything. {}",
                                    dashboard, fault.getMessage());
                        }
                    }));
        }
    }
}
