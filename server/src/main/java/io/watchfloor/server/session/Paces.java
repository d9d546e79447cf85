package io.watchfloor.server.session;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.server.limit.Limit;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Pace;
import java.time.Duration;
import java.util.List;

/// How fast one session talks. Never blocks. Thread-safe.
final class Paces {

    /// Longest pause after a frame; what is still owed then makes the next ones wait too.
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Pace messages;
    private final Pace pushes;
    private final Pace joins;
    private final Pace queries;
    private final Pace presence;

    Paces(LimitSettings limits) {
        messages = new Pace(Limit.MESSAGES, limits);
        pushes = new Pace(Limit.PUSHES, limits);
        joins = new Pace(Limit.JOINS, limits);
        queries = new Pace(Limit.QUERIES, limits);
        presence = new Pace(Limit.PRESENCE, limits);
    }

    /// Counts what a frame holds.
    ///
    /// @return how long to wait before the next frame is read
    Duration heard(List<Message> frame) {
        int pushed = (int) frame.stream().filter(ClientMessage.Push.class::isInstance).count();
        Duration forAll = messages.owe(Math.max(1, frame.size()));
        Duration forPushes = pushed == 0 ? Duration.ZERO : pushes.owe(pushed);
        Duration longer = forAll.compareTo(forPushes) > 0 ? forAll : forPushes;
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }

    /// Whether presence may be told now; what is left out is replaced by the next.
    boolean presence() {
        return presence.take().isZero();
    }

    /// Whether a dashboard may be joined now.
    boolean join() {
        return joins.take().isZero();
    }

    /// @return zero where a query may be asked now
    Duration query() {
        return queries.take();
    }
}
