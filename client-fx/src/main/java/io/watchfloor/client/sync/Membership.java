package io.watchfloor.client.sync;

import io.watchfloor.client.sync.DashboardReplica.Shared;
import io.watchfloor.client.sync.outbox.KeptCopy;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A copy's membership of its dashboard's room, over whatever connection there is: joins and joins anew, sends what the
/// queue holds, and judges what the server says of it.
///
/// Owner executor only.
final class Membership {

    private static final System.Logger LOG = System.getLogger(Membership.class.getName());
    private static final long JOIN_RETRY_MILLIS = 2_000;

    private final DashboardId dashboard;
    private final DashboardListener listener;
    private final Surroundings surroundings;
    private final PushQueue queue;
    private final DashboardCopy copy;
    private final Publisher publisher;
    private final Absence absence;
    private final Successions successions;
    private final StateCheck check;
    private final UnsentEdits unsent;

    private @Nullable Uplink uplink;
    private int room;
    /// Whether it is known what was kept of the dashboard on this computer.
    private boolean loaded;
    private boolean joined;
    private boolean shownAsJoined;
    private Right right = Right.NONE;
    private boolean closed;

    Membership(DashboardId dashboard, DashboardListener listener, Shared shared, PushQueue queue, DashboardCopy copy) {
        this.dashboard = dashboard;
        this.listener = listener;
        this.surroundings = shared.surroundings();
        this.queue = queue;
        this.copy = copy;
        publisher = new Publisher(queue, surroundings);
        unsent = new UnsentEdits(queue, shared.outbox(), listener);
        successions = new Successions(queue, this::renewReplica);
        check = new StateCheck(copy, surroundings);
        absence = new Absence(copy, listener, surroundings, shared.serverClock(), unsent.told() > 0);
        var _ = shared.outbox().copy(dashboard).thenAccept(kept -> surroundings.owner().execute(() -> loaded(kept)));
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
        return unsent.told();
    }

    /// Until when the copy is known to have been as new as the server's, server time; 0 where it never was.
    long seenAt() {
        return absence.seenAt();
    }

    /// How often the copy was found to differ from the server's at the same revision, and replaced.
    int healed() {
        return check.healed();
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
        unsent.tellProblem();
        publisher.publish();
    }

    /// Leaves the room for good.
    void close() {
        closed = true;
        Uplink link = uplink;
        if (link != null && (joined || successions.current() != null)) {
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
        successions.abandon();
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
        successions.abandon();
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
        boolean complete = copy.catchUp(answer, successions.ownNumber(answer));
        absence.tellLost();
        room = answer.room();
        if (!complete) {
            rejoin("the answer does not go on after revision " + copy.revision());
        } else if (!successions.begin(to, answer)) {
            enter(answer);
        }
    }

    private void enter(ServerMessage.Joined answer) {
        copy.number(answer.replica(), answer.epoch());
        joined = true;
        setRight(answer.right());
        shownAsJoined = true;
        tellUnsent();
        absence.end(right);
        listener.joined();
        unsent.tellProblem();
        absence.tell();
        publishIfAllowed();
    }

    /// Goes on as another replica: the log says that this one's numbers are not to be used any more.
    private void renewReplica(@Nullable Epoch epoch, String notice) {
        ReplicaId fresh = new ReplicaId(new UUID(surroundings.random().nextLong(), surroundings.random().nextLong()));
        successions.done();
        copy.renew(fresh, epoch);
        if (queue.size() > 0) {
            listener.notice(notice);
        }
        tellUnsent();
        rejoin("as replica " + fresh);
    }

    void received(ServerMessage.Committed message) {
        Succession asking = successions.current();
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
        Succession asking = successions.current();
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
        Succession asking = successions.current();
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
        Succession asking = successions.current();
        if (asking != null) {
            asking.failed(message);
        }
        if (!joined) {
            return;
        }
        switch (message.code()) {
            case SEQUENCE_GAP, LIMIT -> {
                successions.gap();
                rejoin(message.text());
            }
            case SEQUENCE_REUSED -> {
                successions.reused();
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
        } else if (check.differs(message)) {
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
            case FOREIGN_REPLICA -> renewReplica(queue.replica().epoch(), Successions.NEW_NUMBER);
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

    private void tellUnsent() {
        if (unsent.tell()) {
            successions.goesOn();
        }
    }
}
