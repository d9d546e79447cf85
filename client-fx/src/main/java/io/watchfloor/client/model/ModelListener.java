package io.watchfloor.client.model;

import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;

/// Told what changes in an open dashboard. Every method does nothing unless it is written. Called on the owner executor.
public interface ModelListener {

    /// What was kept of the dashboard on this computer is shown, where anything was.
    default void opened() {}

    /// Joined: what is shown is as new as the server's. Comes again after each break in the connection.
    default void joined() {}

    /// Not joined any more: what is shown is the last known state, and edits wait in the outbox.
    default void left() {}

    /// The title or the range of the dashboard has changed.
    default void dashboardChanged() {}

    default void widgetAdded(Widget widget) {}

    default void widgetRemoved(ElementId id) {}

    /// @param before differs from `after` in at least one part
    default void widgetChanged(Widget before, Widget after) {}

    /// A long text is shown otherwise: somebody else typed in it, or one did so here, or undid it.
    ///
    /// @param delta from the text shown before to the one shown now, by which carets go along
    /// @param own whether it came from [DashboardEditor]; who typed it there shows it already, unless it was undone
    default void textChanged(ElementId element, String property, Delta delta, boolean own) {}

    default void rightChanged(Right right) {}

    /// Everybody who looks at the dashboard, oneself included.
    default void peopleChanged(List<Person> people) {}

    /// @param count edits that the server has not acked
    default void unsentChanged(int count) {}

    /// What can be undone or redone has changed.
    default void stepsChanged() {}

    /// An edit of one's own was refused and taken back out.
    ///
    /// @param lost with a way to make it again
    default void rejected(MergeReport.Item lost) {}

    /// Back after a while, and everything that waited meanwhile is sent.
    default void merged(MergeReport report) {}

    /// Something that a person should know.
    default void notice(String sentence) {}

    /// The dashboard cannot be joined: it is deleted, or not for this account.
    default void unavailable(String sentence) {}
}
