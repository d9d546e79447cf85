package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.Outbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Rope;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.Right;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// This desktop's copy of an open dashboard, kept in step with the server's log over whatever connection there is.
/// Edits show at once and wait in the outbox until the server has acked them.
///
/// Owner executor only, but for [#live], which is thread-safe.
public final class DashboardReplica implements AutoCloseable {

    private final DashboardId dashboard;
    private final LiveRoom live;
    private final Company company;
    private final DashboardCopy copy;
    private final Membership membership;
    private final Runnable whenClosed;
    private boolean closed;

    /// What a replica needs of its connection.
    record Shared(Outbox outbox, Surroundings surroundings, ServerClock serverClock) {}

    DashboardReplica(DashboardId dashboard, DashboardListener listener, Shared shared, LiveRoom live,
            Runnable whenClosed) {
        this.dashboard = dashboard;
        this.live = live;
        this.whenClosed = whenClosed;
        company = new Company(shared.surroundings());
        PushQueue queue = new PushQueue(dashboard, shared.outbox(), shared.surroundings().owner());
        copy = new DashboardCopy(queue, shared.serverClock(), listener, live::queriesCommitted);
        membership = new Membership(dashboard, listener, shared, queue, copy);
    }

    /// What goes over the connection.
    Membership membership() {
        return membership;
    }

    public DashboardId dashboard() {
        return dashboard;
    }

    /// The assignment shown for a property, or null where it was never set.
    public @Nullable Assignment find(ElementId element, String property) {
        return copy.find(element, property);
    }

    /// Every element, deleted ones included.
    public Set<ElementId> elements() {
        return copy.elements();
    }

    /// Whether another replica's value stands in any property of an element or of its parts, or others typed in it.
    public boolean touchedByOthers(ElementId element) {
        return copy.authorship().touchedByOthers(element);
    }

    /// Whether another replica has removed an element, or what it is part of, or a restored log has never had it.
    public boolean removedByOthers(ElementId element) {
        return copy.authorship().removedByOthers(element);
    }

    /// Position in the log up to which this copy is complete.
    public long revision() {
        return copy.revision();
    }

    /// Of the log that [#revision] counts in; null where there is no copy.
    public @Nullable Epoch epoch() {
        return copy.epoch();
    }

    /// Fingerprint of the copy at [#revision], edits of one's own that the server has not acked left out.
    public StateHash stateHash() {
        return copy.stateHash();
    }

    public LiveData live() {
        return live;
    }

    /// Who else is here, and what they and this view show each other.
    public Company company() {
        return company;
    }

    /// Whether the copy is as new as the server's; false while there is no connection.
    public boolean joined() {
        return membership.joined();
    }

    /// Until when the copy is known to have been as new as the server's, milliseconds since 1970 UTC, server time; 0 where
    /// it never was.
    public long seenAt() {
        return membership.seenAt();
    }

    /// How often this copy was found to differ from the server's at the same revision, and was replaced.
    public int healed() {
        return membership.healed();
    }

    public Right right() {
        return membership.right();
    }

    /// Edits that the server has not acked.
    public int unsent() {
        return membership.unsent();
    }

    /// Makes one edit of several properties, which becomes one entry of the log. While an earlier edit of the same
    /// properties is not sent yet, this one takes its place.
    ///
    /// @param label what it is, for people, as in "Move 'CPU'"
    /// @return the assignments as stamped; empty where nothing was done because the right does not allow it, or a value is
    /// none that a server takes, of which the listener is told
    public List<Assignment> edit(String label, List<Edit> edits) {
        if (edits.isEmpty() || !membership.mayEdit()) {
            return List.of();
        }
        for (Edit edit : edits) {
            String problem = Limits.problemOf(edit.value());
            if (problem != null) {
                membership.tell(label + " was not done: what was entered " + problem + ".");
                return List.of();
            }
        }
        List<Assignment> assignments = copy.edit(label, edits);
        membership.edited();
        return assignments;
    }

    /// The long text shown, "" where nothing was ever written.
    public String text(TextId id) {
        return copy.text(id);
    }

    /// The long text shown, as it is edited; empty where nothing was ever written.
    public Rope content(TextId id) {
        return copy.content(id);
    }

    /// A place in a shown text as one in its confirmed text at [#revision], to be told to others.
    public int confirmedPlace(TextId id, int shown) {
        return copy.confirmedPlace(id, shown);
    }

    /// A place that somebody told, as one in the shown text; empty where its revision has not come yet, or is long gone.
    public OptionalInt shownPlace(TextId id, long at, int place) {
        return copy.shownPlace(id, at, place);
    }

    /// Types into a long text: shown at once, sent when what was typed before is acked.
    ///
    /// @param label what it is, for people, as in "Type in 'Notes'"
    /// @param delta on the shown text
    /// @return false where nothing was done, because the right does not allow it, the text would become too long or hold what
    /// none may
    /// @throws IllegalArgumentException where the delta does not fit the shown text
    public boolean editText(String label, TextId id, Delta delta) {
        if (delta.isEmpty() || !membership.mayEdit()
                || Limits.problemOf(delta) != null
                || (delta.growth() > 0 && copy.content(id).length() + delta.growth() > Limits.TEXT_LENGTH)) {
            return false;
        }
        copy.type(label, id, delta);
        membership.edited();
        return true;
    }

    /// Leaves the dashboard. Edits that were not sent stay in the outbox.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            membership.close();
            company.left();
            live.close();
            whenClosed.run();
        }
    }
}
