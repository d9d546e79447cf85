package io.watchfloor.server.store;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/// Log entries and decisions for tests.
public final class Edits {

    private Edits() {}

    /// An entry with one assignment of a range.
    public static Entry entry(long revision, int replica, long clientSeq) {
        return entry(revision, replica, clientSeq,
                new Assignment(ElementId.DASHBOARD, Properties.RANGE, Value.of(revision), stamp(revision, replica)));
    }

    public static Entry entry(long revision, int replica, long clientSeq, Assignment assignment) {
        return new Entry(revision, replica, clientSeq, "alice", 1_000 + revision, List.of(assignment));
    }

    public static Entry titled(long revision, int replica, long clientSeq, Value title, long wall) {
        return entry(revision, replica, clientSeq,
                new Assignment(ElementId.DASHBOARD, Properties.TITLE, title, stamp(wall, replica)));
    }

    /// Entries 1 to `count` of the server's own replica.
    public static List<Entry> creation(int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            entries.add(entry(i, 0, i));
        }
        return entries;
    }

    public static Decision accepted(Entry entry) {
        return new Decision.Accepted(entry, digest(entry.clientSeq()));
    }

    public static Decision accepted(long revision, int replica, long clientSeq) {
        return accepted(entry(revision, replica, clientSeq));
    }

    public static Decision refused(int replica, long clientSeq) {
        return new Decision.Refused(replica, clientSeq, digest(clientSeq), ErrorCode.INVALID, "operations[0].value",
                "The value is \"nested\" too deeply.");
    }

    public static Digest digest(long clientSeq) {
        return new Digest(-clientSeq, clientSeq);
    }

    private static Stamp stamp(long wall, int replica) {
        return new Stamp(wall, 0, replica);
    }
}
