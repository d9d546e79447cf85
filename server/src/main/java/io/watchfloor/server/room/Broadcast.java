package io.watchfloor.server.room;

import io.watchfloor.document.Entry;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;

/// Applies what the log has and hands it to the members, in the order of revisions, whoever wrote it. Confined to its
/// room's executor.
final class Broadcast {

    /// About how many bytes of entries are handed to the members at once.
    private static final long FRAME = 256 << 10;

    private final RoomLog log;
    private final RoomMembers members;
    private final RoomTicks ticks;
    private final OwnChanges own;
    private final RoomFigures figures;

    Broadcast(RoomLog log, RoomMembers members, RoomTicks ticks, OwnChanges own, RoomFigures figures) {
        this.log = log;
        this.members = members;
        this.ticks = ticks;
        this.own = own;
        this.figures = figures;
    }

    /// Takes entries that follow on the head; those before are known already.
    void take(List<Entry> entries) {
        boolean queries = false;
        List<ServerMessage> committed = new ArrayList<>();
        long size = 0;
        for (Entry entry : entries) {
            if (entry.revision() == log.head() + 1) {
                queries |= log.apply(entry);
                committed.add(new ServerMessage.Committed(members.room(), entry));
                own.logged(entry);
                size += EntrySize.of(entry);
                if (size > FRAME) {
                    deliver(committed);
                    committed.clear();
                    size = 0;
                }
            }
        }
        deliver(committed);
        if (queries) {
            ticks.watch(log.queries());
        }
    }

    private void deliver(List<ServerMessage> committed) {
        if (!committed.isEmpty()) {
            members.deliver(new Frame(committed));
            figures.delivered.add((long) committed.size() * members.all().size());
        }
    }
}
