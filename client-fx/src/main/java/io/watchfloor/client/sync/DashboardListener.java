package io.watchfloor.client.sync;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;
import java.util.Set;

/// Told what happens to an open dashboard. Called on the owner executor, in order.
public interface DashboardListener {

    /// The shown value of these properties may have changed.
    void changed(Set<Change> changes);

    /// A long text is shown otherwise. Called before [#changed] tells of it, once for each step, so that a caret can go
    /// along.
    ///
    /// @param delta from the text shown before to the one shown now
    /// @param own whether it was typed here
    default void textChanged(TextId text, Delta delta, boolean own) {}

    /// It is known now what was kept of the dashboard on this computer, and that is shown.
    ///
    /// @param kept false where nothing was
    default void opened(boolean kept) {}

    /// Joined: the copy is as new as the server's. Comes again after each break in the connection.
    void joined();

    /// Not joined any more; what is shown is the last known state, and edits wait in the outbox.
    void left();

    void right(Right right);

    /// Everybody who looks at the dashboard, oneself included.
    void people(List<Person> people);

    /// @param count edits that the server has not acked
    void unsent(int count);

    /// The stamps of an edit of one's own have changed: it was logged under other ones, or the dashboard gave the replica
    /// its number only now.
    ///
    /// @param after the same assignments in the same order
    void restamped(List<Assignment> before, List<Assignment> after);

    void rejected(Rejection rejection);

    /// Back in the room, and everything that waited meanwhile is decided.
    default void merged(Merged merged) {}

    /// Something that a person should know.
    ///
    /// @param sentence for people
    void notice(String sentence);

    /// The dashboard cannot be joined: it is deleted, or not for this account.
    ///
    /// @param sentence for people
    void unavailable(String sentence);
}
