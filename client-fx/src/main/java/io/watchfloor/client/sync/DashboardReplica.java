package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.client.sync.outbox.OutboxPush;
import io.watchfloor.client.sync.outbox.OutboxReplica;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.ReplicaDocument;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// This desktop's copy of an open dashboard, kept in step with the server's log over whatever connection there is.
/// Edits show at once and wait in the outbox until the server has acked them.
///
/// Owner executor only, but for [#live], which is thread-safe.
public final class DashboardReplica implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DashboardReplica.class.getName());
    private static final long HEAL_INTERVAL_MILLIS = 30_000;
    private static final long JOIN_RETRY_MILLIS = 2_000;
    private static final int GAPS_UNTIL_RENEWED = 3;

    private final DashboardId dashboard;
    private final DashboardListener listener;
    private final Surroundings surroundings;
    private final ServerClock serverClock;
    private final LiveRoom live;
    private final PushQueue queue;
    private final Publisher publisher;
    private final Runnable whenClosed;
    private final Outbox outbox;
    private final ReplicaDocument document = new ReplicaDocument();
    private final HybridClock clock = new HybridClock();

    private @Nullable Uplink uplink;
    private int room;
    private boolean joined;
    private boolean shownAsJoined;
    /// Whether the document is one that the server gave, up to its revision.
    private boolean copyIsWhole;
    private Right right = Right.NONE;
    private int unsent;
    private int gapsInSequence;
    private long nextHealing = Long.MIN_VALUE;
    private boolean closed;
    private @Nullable String toldProblem;

    /// What a replica needs of its connection.
    record Shared(Outbox outbox, Surroundings surroundings, ServerClock serverClock) {}

    DashboardReplica(DashboardId dashboard, DashboardListener listener, Shared shared, LiveRoom live,
            Runnable whenClosed) {
        this.dashboard = dashboard;
        this.listener = listener;
        this.surroundings = shared.surroundings();
        this.serverClock = shared.serverClock();
        this.live = live;
        this.whenClosed = whenClosed;
        this.outbox = shared.outbox();
        queue = new PushQueue(dashboard, shared.outbox(), surroundings.owner());
        publisher = new Publisher(queue, surroundings);
        for (OutboxPush push : queue.all()) {
            document.pend(push.key(), push.assignments());
            push.assignments().forEach(a -> clock.observe(a.stamp()));
        }
        unsent = queue.size();
    }

    public DashboardId dashboard() {
        return dashboard;
    }

    /// The assignment shown for a property, or null where it was never set.
    public @Nullable Assignment find(ElementId element, String property) {
        return document.find(element, property);
    }

    /// Every element, deleted ones included.
    public Set<ElementId> elements() {
        return document.elements();
    }

    /// Whether another replica's value stands in any property of an element.
    public boolean touchedByOthers(ElementId element) {
        int own = queue.replica().number();
        return document.confirmed().properties(element).stream().map(property -> document.find(element, property))
                .anyMatch(shown -> shown != null && shown.stamp().replica() != own
                        && shown.stamp().replica() != Stamp.PROVISIONAL_REPLICA);
    }

    /// Position in the log up to which this copy is complete.
    public long revision() {
        return document.revision();
    }

    public LiveData live() {
        return live;
    }

    /// Whether the copy is as new as the server's; false while there is no connection.
    public boolean joined() {
        return joined;
    }

    public Right right() {
        return right;
    }

    /// Edits that the server has not acked.
    public int unsent() {
        return unsent;
    }

    /// Makes one edit of several properties, which becomes one entry of the log. While an earlier edit of the same
    /// properties is not sent yet, this one takes its place.
    ///
    /// @param label what it is, for people, as in "Move 'CPU'"
    /// @return the assignments as stamped; empty where nothing was done because the right does not allow it
    public List<Assignment> edit(String label, List<Edit> edits) {
        if (closed || edits.isEmpty() || right.compareTo(Right.EDIT) < 0) {
            return List.of();
        }
        int number = queue.replica().number();
        int stampedBy = number == OutboxReplica.NO_NUMBER ? Stamp.PROVISIONAL_REPLICA : number;
        List<Assignment> assignments = new ArrayList<>();
        for (Edit edit : edits) {
            Stamp stamp = clock.next(serverClock.now(), stampedBy);
            assignments.add(new Assignment(edit.element(), edit.property(), edit.value(), stamp));
        }
        OutboxPush push = queue.add(label, assignments);
        changed(document.pend(push.key(), push.assignments()));
        tellUnsent();
        tellOutboxProblem();
        publisher.publish();
        return assignments;
    }

    /// Leaves the dashboard. Edits that were not sent stay in the outbox.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Uplink link = uplink;
            if (link != null && joined) {
                link.send(new ClientMessage.Leave(room));
            }
            disconnected();
            live.close();
            whenClosed.run();
        }
    }

    void connected(Uplink to) {
        uplink = to;
        join(to);
    }

    void disconnected() {
        uplink = null;
        leave();
    }

    private void leave() {
        publisher.stop();
        joined = false;
        if (shownAsJoined) {
            shownAsJoined = false;
            if (!closed) {
                listener.left();
            }
        }
    }

    private void join(Uplink to) {
        publisher.stop();
        joined = false;
        OutboxReplica replica = queue.replica();
        boolean nothingYet = !copyIsWhole;
        to.send(new ClientMessage.Join(dashboard, replica.id(), nothingYet ? null : replica.epoch(),
                nothingYet ? 0 : document.revision()));
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
        if (!catchUp(answer, otherEpoch ? OutboxReplica.NO_NUMBER : answer.replica())) {
            return;
        }
        if (otherEpoch || otherNumber || answer.highWater() > replica.lastSeq()) {
            renewReplica(answer, otherEpoch
                    ? "The server's history of this dashboard was replaced, as after a restore from a backup. "
                            + "What was not sent yet is being sent again."
                    : "What was not sent yet is being sent again under a new number.");
            return;
        }
        for (PushQueue.Restamped push : queue.joined(answer.replica(), answer.epoch())) {
            changed(document.pend(push.after().key(), push.after().assignments()));
            listener.restamped(push.before().assignments(), push.after().assignments());
        }
        room = answer.room();
        joined = true;
        setRight(answer.right());
        shownAsJoined = true;
        tellUnsent();
        listener.joined();
        tellOutboxProblem();
        publishIfAllowed();
    }

    /// Applies what is missing. Where that is not complete, joins from the start and answers false.
    private boolean catchUp(ServerMessage.Joined answer, int ownNumber) {
        if (answer.snapshot() != null) {
            answer.snapshot().assignments().forEach(a -> clock.observe(a.stamp()));
            changed(document.reset(answer.snapshot()));
        } else if (!copyIsWhole || ownNumber == OutboxReplica.NO_NUMBER) {
            changed(document.reset(Snapshot.EMPTY)); // the entries begin at revision 1
        }
        copyIsWhole = true;
        Set<Change> changes = new HashSet<>();
        for (Entry entry : answer.entries()) {
            if (entry.revision() > document.revision() + 1) {
                copyIsWhole = false;
                changed(changes);
                rejoin("the answer left out revision " + (document.revision() + 1));
                return false;
            }
            changes.addAll(apply(entry, ownNumber));
        }
        changed(changes);
        return true;
    }

    private Set<Change> apply(Entry entry, int ownNumber) {
        OutboxPush own = entry.replica() == ownNumber ? queue.find(entry.clientSeq()) : null;
        List<Assignment> logged = new ArrayList<>();
        entry.operations().forEach(operation -> {
            switch (operation) {
                case Assignment assignment -> logged.add(assignment);
            }
        });
        logged.forEach(a -> clock.observe(a.stamp()));
        Set<Change> changes = new HashSet<>();
        if (entry.revision() == document.revision() + 1) {
            changes.addAll(document.confirm(entry, own == null ? null : own.key()));
        } else if (own != null) {
            changes.addAll(document.drop(own.key()));
        }
        if (own != null) {
            gapsInSequence = 0;
            queue.remove(own);
            if (!own.assignments().equals(logged)) {
                listener.restamped(own.assignments(), logged);
            }
            live.queriesCommitted(logged);
        }
        return changes;
    }

    /// Goes on as another replica: the log says that this one's numbers are not to be used any more. What the log holds
    /// already is not sent again.
    private void renewReplica(ServerMessage.@Nullable Joined answer, String notice) {
        for (OutboxPush push : queue.all()) {
            boolean held = push.sealed() && push.assignments().stream()
                    .allMatch(a -> a.equals(document.confirmed().find(a.element(), a.property())));
            if (held) {
                queue.remove(push);
                changed(document.drop(push.key()));
            }
        }
        ReplicaId fresh = new ReplicaId(new UUID(surroundings.random().nextLong(), surroundings.random().nextLong()));
        queue.renew(fresh, answer == null ? queue.replica().epoch() : answer.epoch());
        if (queue.size() > 0) {
            listener.notice(notice);
        }
        tellUnsent();
        rejoin("as replica " + fresh);
    }

    void received(ServerMessage.Committed message) {
        if (!joined) {
            return; // the answer to the join holds it
        }
        if (message.entry().revision() > document.revision() + 1) {
            rejoin("revision " + message.entry().revision() + " came after " + document.revision());
            return;
        }
        changed(apply(message.entry(), queue.replica().number()));
        tellUnsent();
        publishIfAllowed();
    }

    /// A push that was sent again is in the log: its entry came, or is part of the snapshot that came.
    void received(ServerMessage.Acked message) {
        OutboxPush push = joined ? queue.find(message.clientSeq()) : null;
        if (push != null) {
            gapsInSequence = 0;
            queue.remove(push);
            changed(document.drop(push.key()));
            tellUnsent();
            publishIfAllowed();
        }
    }

    void received(ServerMessage.Rejected message) {
        OutboxPush push = joined ? queue.find(message.clientSeq()) : null;
        if (push != null) {
            gapsInSequence = 0;
            queue.remove(push);
            changed(document.drop(push.key()));
            tellUnsent();
            listener.rejected(new Rejection(push.label(), message.code(), push.assignments(), message.text()));
            publishIfAllowed();
        }
    }

    /// A request for this room that is no edit to be judged was refused.
    void received(ServerMessage.Failed message) {
        if (!joined) {
            return;
        }
        switch (message.code()) {
            case SEQUENCE_GAP, LIMIT -> {
                gapsInSequence++;
                if (gapsInSequence < GAPS_UNTIL_RENEWED) {
                    rejoin(message.text());
                } else {
                    gapsInSequence = 0;
                    renewReplica(null, "The server missed an edit; what was not sent yet is being sent again.");
                }
            }
            case SEQUENCE_REUSED -> renewReplica(null,
                    "The server holds other edits under the same numbers; what it lacks is being sent again.");
            case NOT_FOUND -> rejoin(message.text());
            case MALFORMED, UNKNOWN_MESSAGE, UNEXPECTED, FORBIDDEN, UNKNOWN_ELEMENT, INVALID, INVALID_STAMP,
                    FOREIGN_REPLICA, INVALID_QUERY, UNAVAILABLE ->
                listener
                        .notice(message.text());
        }
    }

    void received(ServerMessage.Beat message) {
        if (!joined) {
            return;
        }
        if (message.revision() > document.revision()) {
            rejoin("the log is at revision " + message.revision() + ", not " + document.revision());
        } else if (message.revision() == document.revision()
                && !message.hash().equals(document.confirmed().stateHash())
                && surroundings.time().monotonic() >= nextHealing) {
            nextHealing = surroundings.time().monotonic() + HEAL_INTERVAL_MILLIS;
            LOG.log(System.Logger.Level.WARNING, "{0} differs from the server at revision {1}", dashboard,
                    message.revision());
            copyIsWhole = false;
            rejoin("it differs from the server's");
        }
    }

    void received(ServerMessage.Granted message) {
        setRight(message.right());
        if (message.right() == Right.NONE) {
            leave();
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
            case FOREIGN_REPLICA -> renewReplica(null, "What was not sent yet is being sent again under a new number.");
            case UNAVAILABLE -> {
                Uplink failed = uplink;
                surroundings.timer().after(JOIN_RETRY_MILLIS, () -> {
                    if (failed != null && failed.equals(uplink) && !joined) {
                        join(failed);
                    }
                });
            }
            case MALFORMED, UNKNOWN_MESSAGE, UNEXPECTED, FORBIDDEN, NOT_FOUND, UNKNOWN_ELEMENT, INVALID, INVALID_STAMP,
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

    private void changed(Set<Change> changes) {
        if (!changes.isEmpty()) {
            listener.changed(changes);
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
            unsent = queue.size();
            listener.unsent(unsent);
        }
    }
}
