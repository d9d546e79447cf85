package io.watchfloor.server.session;

import io.watchfloor.document.Limits;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.room.Frame;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The queries on the past that a session has asked and that are not answered yet: so many at a time, each with a number
/// of its own. An answer names the tick from which the live data goes on. Does not block. Thread-safe.
final class Watches {

    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private static final int AT_A_TIME = 64;

    private final String session;
    private final SessionContext context;
    private final Speaker speaker;
    private final Paces paces;
    private final Consumer<Frame> answers;
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();

    /// @param session its name, for the log
    /// @param answers takes what the session is told
    Watches(String session, SessionContext context, Speaker speaker, Paces paces, Consumer<Frame> answers) {
        this.session = session;
        this.context = context;
        this.speaker = speaker;
        this.paces = paces;
        this.answers = answers;
    }

    /// Asks in a room that the session is in.
    void ask(ClientMessage.Watch watch) {
        if (watch.points() < 1 || watch.points() > Limits.HISTORY_POINTS) {
            failed(watch, ErrorCode.INVALID, "'points' is between 1 and " + Limits.HISTORY_POINTS + ".");
            return;
        }
        Duration pause = paces.query();
        if (!pause.isZero()) {
            answers.accept(new Frame(new ServerMessage.Failed(ErrorCode.LIMIT, watch.room(), watch.watch(), null,
                    "Too many queries in a short time; this one may be asked again in a moment.",
                    (int) Math.max(1, pause.toMillis()))));
            return;
        }
        if (asked.size() >= AT_A_TIME || !asked.add(watch.watch())) {
            failed(watch, ErrorCode.LIMIT,
                    "At most " + AT_A_TIME + " queries are answered at a time, each with a number of its own.");
            return;
        }
        var standing = context.rooms().standing(watch.room(), watch.query());
        if (standing == null) {
            asked.remove(watch.watch());
            failed(watch, ErrorCode.NOT_FOUND, "There is no room " + watch.room() + ".");
            return;
        }
        standing.whenCompleteAsync((at, _) -> {
            try {
                answer(watch, at.holds(), at.position());
            } finally {
                asked.remove(watch.watch());
            }
        }, context.blocking());
    }

    private void answer(ClientMessage.Watch watch, boolean held, long position) {
        Caller asking = speaker.caller();
        if (!held && (asking == null || asking.role() == Role.VIEWER)) {
            failed(watch, ErrorCode.FORBIDDEN, "A viewer asks only for what the dashboard shows.");
            return;
        }
        try {
            answers.accept(new Frame(new ServerMessage.History(watch.room(), watch.watch(), position,
                    context.queries().answer(watch.query(), watch.from(), watch.points()))));
        } catch (QueryException e) {
            failed(watch, e.code(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("A query of session {} failed: {}", session, e.toString());
            failed(watch, ErrorCode.UNAVAILABLE, "The data cannot be read at present; it will be tried again.");
        }
    }

    private void failed(ClientMessage.Watch watch, ErrorCode code, String text) {
        answers.accept(new Frame(new ServerMessage.Failed(code, watch.room(), watch.watch(), null, text)));
    }
}
