package io.watchfloor.protocol;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.StateHash;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Result;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server says. `docs/PROTOCOL.md` tells when and gives an example of each. Immutable.
public sealed interface ServerMessage extends Message {

    /// Answers [ClientMessage.Hello].
    ///
    /// @param session names this connection in logs
    /// @param account the account's name
    /// @param serverTime milliseconds since 1970 UTC; clients stamp edits by it
    /// @param instance name of the server instance
    /// @param features optional parts both sides understand
    record Welcome(String session, String account, Role role, long serverTime, String instance, String server,
            List<String> features) implements ServerMessage {

        public Welcome {
            features = List.copyOf(features);
        }
    }

    record Pong(long id, long serverTime) implements ServerMessage {}

    /// Answers [ClientMessage.Join] with all that is missing: the entries after the client's revision, or a snapshot.
    ///
    /// @param room number of this dashboard in all later messages of this instance
    /// @param right what the account may do here
    /// @param replica number of the joining replica in its stamps
    /// @param highWater greatest `clientSeq` of the joining replica that is decided, 0 for none
    /// @param authors who speaks for the replicas whose assignments are in the snapshot, as far as that is known
    /// @param snapshot present where the entries alone would not do
    /// @param entries in order; after the snapshot where there is one
    record Joined(DashboardId dashboard, int room, Right right, Epoch epoch, int replica, long highWater,
            List<Author> authors, @Nullable Snapshot snapshot, List<Entry> entries) implements ServerMessage {

        public Joined {
            authors = List.copyOf(authors);
            entries = List.copyOf(entries);
        }
    }

    /// @param replica its number in the dashboard
    /// @param account the account's name
    record Author(int replica, String account) {}

    /// A join that could not be met; the session goes on.
    record NotJoined(DashboardId dashboard, ErrorCode code, String text) implements ServerMessage {

        public NotJoined {
            text = Words.wellFormed(text);
        }
    }

    /// The right in a joined room has changed; [Right#NONE] means the room is left.
    record Granted(int room, Right right) implements ServerMessage {}

    /// One new entry of the log, to everybody in the room, its author included: it is his ack.
    record Committed(int room, Entry entry) implements ServerMessage {}

    /// A push of this session that was refused, for good. Later pushes are judged on their own.
    ///
    /// @param field what was wrong in it, as a path like `operations[2].value`; absent where it is the whole
    record Rejected(int room, long clientSeq, ErrorCode code, @Nullable String field,
            String text) implements ServerMessage {

        public Rejected {
            field = Words.wellFormedOrNull(field);
            text = Words.wellFormed(text);
        }
    }

    /// A push that came again was committed before; its entry came, or is part of the snapshot that came.
    record Acked(int room, long clientSeq) implements ServerMessage {}

    /// Where the room's log stands, from time to time: shows a lost last message, and compares documents.
    ///
    /// @param hash of the confirmed document at that revision
    record Beat(int room, long revision, StateHash hash) implements ServerMessage {}

    /// Who is in the room: once after each [Joined], then at each change. One for each session.
    record People(int room, List<Person> people) implements ServerMessage {

        public People {
            people = List.copyOf(people);
        }
    }

    /// @param color from 0, below [#COLORS]; everybody sees the same, and no two in a room have one while there are enough
    record Person(String session, String account, int color) {

        /// How many colours there are for people.
        public static final int COLORS = 12;
    }

    /// What others show of themselves, where it has changed: the latest of each. The same frame for all sessions, who
    /// find their own in it too. Somebody who is no longer among [People] shows nothing any more.
    record Seen(int room, List<Sight> sights) implements ServerMessage {

        public Seen {
            sights = List.copyOf(sights);
        }
    }

    record Sight(String session, Presence presence) {}

    /// New samples and tables for queries that the dashboard holds, the same frame for all sessions.
    ///
    /// @param position 1, 2, 3 ... per room and instance
    /// @param series those that have not been in a tick of this room before
    /// @param samples grouped by nothing, in the order they came; a sample of the same series and time replaces
    /// @param tables each replaces the last one of its query
    record Tick(int room, long position, List<NumberedSeries> series, Samples samples,
            List<LiveTable> tables) implements ServerMessage {

        public Tick {
            series = List.copyOf(series);
            tables = List.copyOf(tables);
        }
    }

    record NumberedSeries(int number, SeriesKey key) {}

    record LiveTable(Query query, Table table) {}

    /// Answers [ClientMessage.Watch].
    ///
    /// @param position the room's ticks after this one follow on the result; what they repeat replaces
    record History(int room, int watch, long position, Result result) implements ServerMessage {}

    /// Ticks were left out because this session read too slowly: ask for history again.
    ///
    /// @param from first position left out
    /// @param to last position left out
    record Lagged(int room, long from, long to) implements ServerMessage {}

    /// A request could not be met; the session goes on.
    ///
    /// @param room the room it was for, where it was for one
    /// @param watch the watch it was for, where it was one
    /// @param retryAfter milliseconds after which it may be asked again, where it was asked too often
    /// @param clientSeq the push it was for, where it was one
    record Failed(ErrorCode code, @Nullable Integer room, @Nullable Integer watch, @Nullable String field, String text,
            @Nullable Integer retryAfter, @Nullable Long clientSeq) implements ServerMessage {

        public Failed {
            field = Words.wellFormedOrNull(field);
            text = Words.wellFormed(text);
        }

        public Failed(ErrorCode code, @Nullable Integer room, @Nullable Integer watch, @Nullable String field,
                String text) {
            this(code, room, watch, field, text, null);
        }

        public Failed(ErrorCode code, @Nullable Integer room, @Nullable Integer watch, @Nullable String field,
                String text, @Nullable Integer retryAfter) {
            this(code, room, watch, field, text, retryAfter, null);
        }
    }

    /// The server is about to close the session.
    ///
    /// @param code the close code that follows
    /// @param retryAfter milliseconds to wait at least before connecting again
    record Closing(int code, String text, long retryAfter) implements ServerMessage {

        public Closing {
            text = Words.wellFormed(text);
        }
    }
}
