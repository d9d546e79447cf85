package io.watchfloor.client.sync;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ReplicaDocument.Change;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Listens to a dashboard that nobody has open, until the edits that wait for it are sent. Owner executor only.
final class Errand implements DashboardListener {

    private final Consumer<String> notices;
    private final Consumer<Boolean> done;

    /// @param done told once whether everything was sent, or the dashboard cannot be joined
    Errand(Consumer<String> notices, Consumer<Boolean> done) {
        this.notices = notices;
        this.done = done;
    }

    @Override
    public void changed(Set<Change> changes) {
        // nobody looks at it
    }

    @Override
    public void joined() {
        // its edits are sent now
    }

    @Override
    public void left() {
        // it goes on with the next connection
    }

    @Override
    public void right(Right right) {
        // without the right to edit they wait
    }

    @Override
    public void people(List<Person> people) {
        // nobody looks at it
    }

    @Override
    public void unsent(int count) {
        if (count == 0) {
            done.accept(true);
        }
    }

    @Override
    public void restamped(List<Assignment> before, List<Assignment> after) {
        // nothing of it can be undone
    }

    @Override
    public void rejected(Rejection rejection) {
        notices.accept("'" + rejection.label() + "', made before in another dashboard, was refused: "
                + rejection.reason());
    }

    @Override
    public void notice(String sentence) {
        notices.accept(sentence);
    }

    @Override
    public void unavailable(String sentence) {
        done.accept(false);
    }
}
