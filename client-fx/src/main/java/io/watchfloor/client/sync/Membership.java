package io.watchfloor.client.sync;

import io.watchfloor.client.sync.DashboardReplica.Shared;
import io.watchfloor.client.sync.outbox.KeptCopy;
import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A copy's membership of its dashboard's room, over whatever connection there is: joins and joins anew, sends what the
/// queue holds, and judges what the server says of it.
///
/// Owner executor only.
final class Membership {

    private static final System.Logger LOG = System.getLogger(Membership.class.getName());
    private static final long HEAL_INTERVAL_MILLIS = 30_000;
    private static final long JOIN_RETRY_MILLIS = 2_000;
    private static final int GAPS_UNTIL_RENEWED = 3;
    private static final String HISTORY_REPLACED = "The server's history of this dashboard was replaced, as after a "
            + "restore from a backup. What was not sent yet is being sent again.";
    private static final String NEW_NUMBER = "What was not sent yet is being sent again under a new number.";

    private final DashboardId dashboard;
    private final DashboardListener listener;
    private final Surroundings surroundings;
    private final Outbox outbox;
    private final PushQueue queue;
    private final DashboardCopy copy;
    private final Publisher publisher;
    private final Absence absence;

    private @Nullable Uplink uplink;
    private int room;
    /// Whether it is known what was kept of the dashboard on this computer.
    private boolean loaded;
    private boolean joined;
    private boolean shownAsJoined;
    private Right right = Right.NONE;
    private int unsent;
    private int gapsInSequence;
    /// Why another replica has to take the place of this one; null where it need not.
    private @Nullable String succeeded;
    /// Under way; null where none is.
    private @Nullable Succession succession;
    private long nextHealing = Long.MIN_VALUE;
    private int healed;
    private boolean closed;
    private @Nullable String toldProblem;

    Membership(DashboardId dashboard, DashboardListener listener, Shared shared, PushQueue queue, DashboardCopy copy) {
        this.dashboard = dashboard;
        this.listener = listener;
        this.surroundings = shared.surroundings();
        this.outbox = shared.outbox();
        this.queue = queue;
        this.copy = copy;
        publisher = new Publisher(queue, surroundings);
        unsent = queue.size();
        absence = new Absence(copy, listener, surroundings, shared.serverClock(), unsent > 0);
        var _ = outbox.copy(dashboard).thenAccept(kept -> surroundings.owner().execute(() -> loaded(kept)));
    }

    private void loaded(Optional<KeptCopy> kept) {
        if (closed) {
            return;
        }
        loaded = true;
        copy.open(kept);
        kept.ifPresent(copied -> {
            absence.opened(copied.seenAt());
            setRight(copied.right());
        });
        listener.opened(kept.isPresent());
        if (uplink != null) {
            join(uplink);
        }
    }

    boolean joined() {
        return joined;
    }

    Right right() {
        return right;
    }

    int unsent() {
        return unsent;
    }

    /// Until when the copy is known to have been as new as the server's, server time; 0 where it never was.
    long seenAt() {
        return absence.seenAt();
    }

    /// How often the copy was found to differ from the server's at the same revision, and replaced.
    int healed() {
        return healed;
    }

    /// Whether edits are taken.
    boolean mayEdit() {
        return !closed && right.compareTo(Right.EDIT) >= 0;
    }

    /// Tells the person something.
    void tell(String notice) {
        listener.notice(notice);
    }

    /// The queue holds something new.
    void edited() {
        tellUnsent();
        tellOutboxProblem();
        publisher.publish();
    }

    /// Leaves the room for good.
    void close() {
        closed = true;
        Uplink link = uplink;
        if (link != null && (joined || succession != null)) {
            link.send(new ClientMessage.Leave(room));
        }
        disconnected();
    }

    void connected(Uplink to) {
        uplink = to;
        if (loaded) {
            join(to);
        }
    }

    void disconnected() {
        uplink = null;
        leave();
    }

    private void leave() {
        publisher.stop();
        joined = false;
        succession = null;
        if (shownAsJoined) {
            shownAsJoined = false;
            absence.begin(right);
            if (!closed) {
                listener.left();
            }
        }
    }

    private void join(Uplink to) {
        publisher.stop();
        joined = false;
        succession = null;
        to.send(new ClientMessage.Join(dashboard, queue.replica().id(), copy.whole() ? copy.epoch() : null,
                copy.whole() ? copy.revision() : 0));
    }

    private void rejoin(String why) {
        LOG.log(System.Logger.Level.INFO, "joining {0} anew: {1}", dashboard, why);
        if (uplink != null) {
            join(uplink);
        }
    }

    void joined(ServerMessage.Joined answer) {
        Uplink to = uplink;
        if (closed || to == null) {
            return;
        }
        OutboxReplica replica = queue.replica();
        boolean otherEpoch = replica.epoch() != null && !answer.epoch().equals(replica.epoch());
        boolean otherNumber = replica.number() != OutboxReplica.NO_NUMBER && replica.number() != answer.replica();
        int ownNumber = otherNumber ? replica.number() : answer.replica();
        boolean complete = copy.catchUp(answer, otherEpoch ? OutboxReplica.NO_NUMBER : ownNumber);
        absence.tellLost();
        if (!complete) {
            rejoin("the answer does not go on after revision " + copy.revision());
            return;
        }
        if (otherEpoch) {
            succeed(to, answer, answer.highWater(), HISTORY_REPLACED);
        } else if (otherNumber) {
            succeed(to, answer, 0, NEW_NUMBER); // the server has forgotten the replica, and cannot be asked
        } else if (succeeded != null || answer.highWater() > replica.lastSeq()) {
            succeed(to, answer, Long.MAX_VALUE, succeeded == null ? NEW_NUMBER : succeeded);
        } else {
            enter(answer);
        }
    }

    private void enter(ServerMessage.Joined answer) {
        copy.number(answer.replica(), answer.epoch());
        room = answer.room();
        joined = true;
        setRight(answer.right());
        shownAsJoined = true;
        tellUnsent();
        absence.end(right);
        listener.joined();
        tellOutboxProblem();
        absence.tell();
        publishIfAllowed();
    }

    /// Goes on as another replica, once it is known what of this one's pushes the log holds.
    ///
    /// @param upTo greatest number of a push that it may hold
    private void succeed(Uplink to, ServerMessage.Joined answer, long upTo, String notice) {
        boolean otherLog = !answer.epoch().equals(queue.replica().epoch());
        List<OutboxPush> asked = queue.sendable(0).stream().filter(push -> push.clientSeq() <= upTo).toList();
        room = answer.room();
        Succession begun = new Succession(asked, to, room, otherLog, () -> renewReplica(answer.epoch(), notice));
        succession = begun;
        begun.next();
    }

    /// Goes on as another replica: the log says that this one's numbers are not to be used any more.
    private void renewReplica(@Nullable Epoch epoch, String notice) {
        ReplicaId fresh = new ReplicaId(new UUID(surroundings.random().nextLong(), surroundings.random().nextLong()));
        succeeded = null;
        copy.renew(fresh, epoch);
        if (queue.size() > 0) {
            listener.notice(notice);
        }
        tellUnsent();
        rejoin("as replica " + fresh);
    }

    void received(ServerMessage.Committed message) {
        Succession asking = succession;
        if (!joined && (asking == null || asking.otherLog())) {
            return; // the answer to the join holds it
        }
        if (!copy.follows(message.entry())) {
            rejoin("revision " + message.entry().revision() + " came after " + copy.revision());
            return;
        }
        copy.apply(message.entry());
        if (!copy.whole()) {
            rejoin("revision " + message.entry().revision() + " does not fit");
            return;
        }
        if (asking != null) {
            tellUnsent();
            asking.applied(queue);
            return;
        }
        absence.seen(right);
        decided();
    }

    /// The push that an answer is about; null where nothing waits for it.
    private @Nullable OutboxPush answered(long clientSeq) {
        Succession asking = succession;
        return asking != null ? asking.find(clientSeq) : joined ? queue.find(clientSeq) : null;
    }

    /// A push that was sent again is in the log: its entry came, or is part of the snapshot that came.
    void received(ServerMessage.Acked message) {
        OutboxPush push = answered(message.clientSeq());
        if (push != null) {
            copy.acked(push);
            decided();
        }
    }

    /// A push may have been decided: what waited for that goes on.
    private void decided() {
        tellUnsent();
        Succession asking = succession;
        if (asking != null) {
            asking.next();
            return;
        }
        absence.tell();
        publishIfAllowed();
    }

    void received(ServerMessage.Rejected message) {
        OutboxPush push = answered(message.clientSeq());
        if (push != null && message.code() == ErrorCode.TEXT_BASE_GONE) {
            copy.takeBack(push);
            decided();
        } else if (push != null) {
            copy.refused(push);
            listener.rejected(new Rejection(push.label(), message.code(), push.assignments(), TypedTexts.typed(push),
                    message.text()));
            decided();
        }
    }

    /// A request for this room that is no edit to be judged was refused.
    void received(ServerMessage.Failed message) {
        Succession asking = succession;
        if (asking != null) {
            asking.failed(message);
        }
        if (!joined) {
            return;
        }
        switch (message.code()) {
            case SEQUENCE_GAP, LIMIT -> {
                gapsInSequence++;
                if (gapsInSequence >= GAPS_UNTIL_RENEWED) {
                    gapsInSequence = 0;
                    succeeded = "The server missed an edit; what was not sent yet is being sent again.";
                }
                rejoin(message.text());
            }
            case SEQUENCE_REUSED -> {
                succeeded = "The server holds other edits under the same numbers; what it lacks is being sent again.";
                rejoin(message.text());
            }
            case NOT_FOUND -> rejoin(message.text());
            case MALFORMED, UNKNOWN_MESSAGE, UNEXPECTED, FORBIDDEN, UNKNOWN_ELEMENT, INVALID, INVALID_STAMP,
                    TEXT_BASE_GONE,
                    FOREIGN_REPLICA, INVALID_QUERY, UNAVAILABLE ->
                listener
                        .notice(message.text());
        }
    }

    void received(ServerMessage.Beat message) {
        if (!joined) {
            return;
        }
        if (message.revision() == copy.revision()) {
            absence.seen(right);
        }
        if (message.revision() > copy.revision()) {
            rejoin("the log is at revision " + message.revision() + ", not " + copy.revision());
        } else if (message.revision() == copy.revision()
                && !message.hash().equals(copy.stateHash())
                && surroundings.time().monotonic() >= nextHealing) {
            nextHealing = surroundings.time().monotonic() + HEAL_INTERVAL_MILLIS;
            healed++;
            LOG.log(System.Logger.Level.WARNING, "{0} differs from the server at revision {1}", dashboard,
                    message.revision());
            copy.doubt();
            rejoin("it differs from the server's");
        }
    }

    void received(ServerMessage.Granted message) {
        setRight(message.right());
        if (message.right() == Right.NONE) {
            leave();
            copy.forget();
            listener.unavailable("You may not see this dashboard any more. Ask its owner.");
        } else {
            publishIfAllowed();
        }
    }

    void received(ServerMessage.People message) {
        listener.people(message.people());
    }

    /// A join was refused.
    void joinFailed(ErrorCode code, String text) {
        if (closed) {
            return;
        }
        switch (code) {
            case FOREIGN_REPLICA -> renewReplica(queue.replica().epoch(), NEW_NUMBER);
            case UNAVAILABLE -> {
                Uplink failed = uplink;
                surroundings.timer().after(JOIN_RETRY_MILLIS, () -> {
                    if (failed != null && failed.equals(uplink) && !joined) {
                        join(failed);
                    }
                });
            }
            case NOT_FOUND -> {
                copy.forget();
                listener.unavailable(text);
            }
            case MALFORMED, UNKNOWN_MESSAGE, UNEXPECTED, FORBIDDEN, UNKNOWN_ELEMENT, INVALID, INVALID_STAMP,
                    TEXT_BASE_GONE,
                    SEQUENCE_GAP, SEQUENCE_REUSED, LIMIT, INVALID_QUERY ->
                listener
                        .unavailable(text);
        }
    }

    private void setRight(Right now) {
        if (now != right) {
            right = now;
            listener.right(now);
            if (now.compareTo(Right.EDIT) < 0) {
                publisher.stop();
            }
        }
    }

    private void publishIfAllowed() {
        Uplink to = uplink;
        if (!joined || to == null || right.compareTo(Right.EDIT) < 0) {
            return;
        }
        if (publisher.started()) {
            publisher.publish();
        } else {
            publisher.start(to, room);
        }
    }

    private void tellOutboxProblem() {
        String problem = outbox.problem();
        if (problem != null && !problem.equals(toldProblem)) {
            toldProblem = problem;
            listener.notice(problem);
        }
    }

    private void tellUnsent() {
        if (unsent != queue.size()) {
            if (queue.size() < unsent) {
                gapsInSequence = 0;
            }
            unsent = queue.size();
            listener.unsent(unsent);
        }
    }
}
