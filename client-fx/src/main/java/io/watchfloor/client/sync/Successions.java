package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.ServerMessage;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Why and when another replica takes the place of this one: the log is another, or its numbers and the server's do not
/// go together. First it is asked what of this one's pushes the log holds already.
///
/// Owner executor only.
final class Successions {

    static final String NEW_NUMBER = "What was not sent yet is being sent again under a new number.";

    private static final int GAPS_UNTIL_RENEWED = 3;
    private static final String HISTORY_REPLACED = "The server's history of this dashboard was replaced, as after a "
            + "restore from a backup. What was not sent yet is being sent again.";

    private final PushQueue queue;
    private final BiConsumer<Epoch, String> renewal;
    private int gaps;
    /// Why the next join has to begin one; null where it need not.
    private @Nullable String due;
    /// Under way; null where none is.
    private @Nullable Succession current;

    /// @param renewal goes on as another replica in an epoch, and tells why
    Successions(PushQueue queue, BiConsumer<Epoch, String> renewal) {
        this.queue = queue;
        this.renewal = renewal;
    }

    /// The one that is under way, or null.
    @Nullable
    Succession current() {
        return current;
    }

    /// Whether a join was answered from another log than the one that this replica's numbers are of.
    boolean isOtherLog(ServerMessage.Joined answer) {
        OutboxReplica replica = queue.replica();
        return replica.epoch() != null && !answer.epoch().equals(replica.epoch());
    }

    /// The number under which the entries of an answer hold this replica's pushes.
    int ownNumber(ServerMessage.Joined answer) {
        return isOtherLog(answer)
                ? OutboxReplica.NO_NUMBER
                : isOtherNumber(answer) ? queue.replica().number() : answer.replica();
    }

    private boolean isOtherNumber(ServerMessage.Joined answer) {
        int number = queue.replica().number();
        return number != OutboxReplica.NO_NUMBER && number != answer.replica();
    }

    /// Begins one where the answer to a join calls for it.
    ///
    /// @return whether it does
    boolean begin(Uplink to, ServerMessage.Joined answer) {
        if (isOtherLog(answer)) {
            begin(to, answer, answer.highWater(), HISTORY_REPLACED);
        } else if (isOtherNumber(answer)) {
            begin(to, answer, 0, NEW_NUMBER); // the server has forgotten the replica, and cannot be asked
        } else if (due != null || answer.highWater() > queue.replica().lastSeq()) {
            begin(to, answer, Long.MAX_VALUE, due == null ? NEW_NUMBER : due);
        } else {
            return false;
        }
        return true;
    }

    /// @param upTo greatest number of a push that the log may hold
    private void begin(Uplink to, ServerMessage.Joined answer, long upTo, String why) {
        boolean otherLog = !answer.epoch().equals(queue.replica().epoch());
        List<OutboxPush> asked = queue.sendable(0).stream().filter(push -> push.clientSeq() <= upTo).toList();
        Succession begun = new Succession(asked, to, answer.room(), otherLog,
                () -> renewal.accept(answer.epoch(), why));
        current = begun;
        begun.next();
    }

    /// The room is left or joined anew: one that is under way begins again with the next join.
    void abandon() {
        current = null;
    }

    /// Another replica has taken the place.
    void done() {
        due = null;
    }

    /// The server misses a push. Where joining anew does not help, again and again, another replica has to.
    void gap() {
        gaps++;
        if (gaps >= GAPS_UNTIL_RENEWED) {
            gaps = 0;
            due = "The server missed an edit; what was not sent yet is being sent again.";
        }
    }

    /// A push was decided.
    void goesOn() {
        gaps = 0;
    }

    /// The server holds other edits under this replica's numbers.
    void reused() {
        due = "The server holds other edits under the same numbers; what it lacks is being sent again.";
    }
}
