package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// What has to be known before another replica takes the place of this one: which of its pushes the log holds already.
/// Each that it may hold is sent once more under the old id, unchanged, and answered as it was before; one at a time, for
/// not every answer names its push. What was decided so is not sent again under the new id.
///
/// Owner executor only.
final class Succession {

    private final Queue<OutboxPush> asked;
    private final Uplink uplink;
    private final int room;
    private final boolean otherLog;
    private final Runnable then;
    private @Nullable OutboxPush current;

    /// @param asked sealed pushes, in order
    /// @param otherLog whether the room is of another log than the copy's numbers: its entries are left to the next join
    /// @param then run once all are answered
    Succession(List<OutboxPush> asked, Uplink uplink, int room, boolean otherLog, Runnable then) {
        this.asked = new ArrayDeque<>(asked);
        this.uplink = uplink;
        this.room = room;
        this.otherLog = otherLog;
        this.then = then;
    }

    boolean otherLog() {
        return otherLog;
    }

    /// The push that is being asked for, where it has this number.
    @Nullable
    OutboxPush find(long clientSeq) {
        OutboxPush push = current;
        return push != null && push.clientSeq() == clientSeq ? push : null;
    }

    /// An entry was applied: it may have been the answer.
    void applied(PushQueue queue) {
        OutboxPush push = current;
        if (push != null && queue.find(push.clientSeq()) == null) {
            next();
        }
    }

    /// A push was not taken: where it is the one in question, the log does not hold it.
    void failed(ServerMessage.Failed message) {
        OutboxPush push = current;
        if (push != null && message.clientSeq() != null && message.clientSeq() == push.clientSeq()) {
            next();
        }
    }

    /// The push in question is decided, or the log holds another one under its number.
    void next() {
        current = asked.poll();
        if (current == null) {
            then.run();
        } else {
            uplink.send(new ClientMessage.Push(room, current.clientSeq(), current.operations()));
        }
    }
}
