package io.watchfloor.client.sync;

import io.watchfloor.client.sync.outbox.Outbox;
import org.jspecify.annotations.Nullable;

/// What the person is told of the edits that wait: how many they are, and what is wrong with the disk they are kept on;
/// each once, when it has changed. Owner executor only.
final class UnsentEdits {

    private final PushQueue queue;
    private final Outbox outbox;
    private final DashboardListener listener;
    private int told;
    private @Nullable String toldProblem;

    UnsentEdits(PushQueue queue, Outbox outbox, DashboardListener listener) {
        this.queue = queue;
        this.outbox = outbox;
        this.listener = listener;
        told = queue.size();
    }

    /// How many wait, as was told last.
    int told() {
        return told;
    }

    /// @return whether there are fewer than were told last
    boolean tell() {
        boolean fewer = queue.size() < told;
        if (told != queue.size()) {
            told = queue.size();
            listener.unsent(told);
        }
        return fewer;
    }

    void tellProblem() {
        String problem = outbox.problem();
        if (problem != null && !problem.equals(toldProblem)) {
            toldProblem = problem;
            listener.notice(problem);
        }
    }
}
