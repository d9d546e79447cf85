package io.watchfloor.server.room;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.HybridClock;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.StateHash;
import io.watchfloor.document.TextEdit;
import io.watchfloor.protocol.ServerMessage.Author;
import io.watchfloor.sample.Query;
import io.watchfloor.server.room.CatchUp.Logged;
import io.watchfloor.server.room.CatchUp.Whole;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.StoredDashboard;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a room knows of its dashboard's log: the document at the head, the latest entries, and how far each replica has
/// come. Confined to its room's executor.
final class RoomLog {

    private static final long SNAPSHOT_REVISIONS = 1_000;
    private static final long SNAPSHOT_BYTES = 1 << 20;
    /// Revisions for which a snapshot is told again, with the entries after it, to those who come.
    private static final long REUSED = 100;

    private final Epoch epoch;
    private final Document document;
    private final HybridClock clock = HybridClock.ofRoom();
    private final RecentEntries recent = new RecentEntries();
    private final Replicas replicas = new Replicas();
    /// Accounts by the numbers of their replicas, of all whose assignments stand, as far as they are known.
    private final Map<Integer, String> authors;
    private long head;
    private long snapshotAt;
    private long bytesSinceSnapshot;
    private @Nullable Whole whole;

    RoomLog(StoredDashboard stored) {
        this.epoch = stored.epoch();
        this.document = Document.of(stored.snapshot());
        this.head = stored.snapshot().revision();
        this.snapshotAt = head;
        this.authors = new TreeMap<>(stored.authors());
        stored.snapshot().assignments().forEach(assignment -> clock.observe(assignment.stamp()));
        stored.entries().forEach(this::apply);
    }

    Epoch epoch() {
        return epoch;
    }

    /// Whether what the store knows of replicas is about this log, and not about another epoch's.
    boolean isOf(Map<Integer, ReplicaState> states) {
        return states.values().stream().allMatch(state -> state.epoch().equals(epoch));
    }

    LogPosition position() {
        return new LogPosition(epoch, head);
    }

    long head() {
        return head;
    }

    Replicas replicas() {
        return replicas;
    }

    Progress progress(int replica) {
        return replicas.progress(replica);
    }

    Progress progress(ReplicaState state) {
        Progress progress = progress(state.number());
        progress.merge(state);
        return progress;
    }

    /// A decision became durable.
    void decided(Decision decision) {
        Progress progress = progress(decision.replica());
        switch (decision) {
            case Decision.Accepted accepted -> progress.decided(accepted.clientSeq(), accepted.digest(),
                    new Answer.Accepted(accepted.entry().revision()));
            case Decision.Refused refused -> progress.decided(refused.clientSeq(), refused.digest(),
                    new Answer.Refused(refused.code(), refused.field(), refused.text()));
        }
    }

    /// What somebody lacks who has the log up to a revision.
    ///
    /// @param known the epoch of that; absent for somebody who has nothing
    CatchUp since(@Nullable Epoch known, long revision) {
        List<Logged> missing = epoch.equals(known) ? recent.after(revision, head) : null;
        if (missing != null) {
            return new CatchUp(null, missing);
        }
        Whole before = whole;
        List<Logged> since = before == null || head - before.snapshot().revision() > REUSED
                ? null
                : recent.after(before.snapshot().revision(), head);
        return before != null && since != null
                ? new CatchUp(before, since)
                : new CatchUp(wholeAtHead(), List.of());
    }

    private Whole wholeAtHead() {
        Whole known = whole;
        if (known == null || known.snapshot().revision() != head) {
            Snapshot snapshot = document.snapshot(head);
            Set<Integer> standing = new HashSet<>();
            snapshot.assignments().forEach(assignment -> standing.add(assignment.stamp().replica()));
            authors.keySet().retainAll(standing);
            known = new Whole(snapshot,
                    authors.entrySet().stream().map(of -> new Author(of.getKey(), of.getValue())).toList());
            whole = known;
        }
        return known;
    }

    Snapshot snapshot() {
        return wholeAtHead().snapshot();
    }

    StateHash stateHash() {
        return document.stateHash();
    }

    Set<Query> queries() {
        return LiveQueries.of(document);
    }

    /// The document at the head; not to be changed.
    Document document() {
        return document;
    }

    /// A stamp later than all that are in the log.
    Stamp stamp(long now, int replica) {
        return clock.next(now, replica);
    }

    Admission admission(long now) {
        PropertyCounts counts = new PropertyCounts();
        return new Admission(document, new TextAdmission(document, recent, counts, head), counts,
                new Stamping(document, clock, now));
    }

    /// Applies the entry after the head.
    ///
    /// @return whether it may have changed what the dashboard asks for
    boolean apply(Entry entry) {
        boolean queries = false;
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment assignment -> {
                    document.apply(assignment);
                    clock.observe(assignment.stamp());
                    queries |= assignment.property().equals(Properties.QUERY)
                            || assignment.property().equals(Properties.EXISTS);
                }
                case TextEdit edit -> document.apply(edit);
            }
        }
        authors.put(entry.replica(), entry.author());
        head = entry.revision();
        bytesSinceSnapshot += EntrySize.of(entry);
        recent.add(entry);
        Progress progress = replicas.find(entry.replica());
        if (progress != null) {
            progress.decided(entry.clientSeq(), null, new Answer.Accepted(entry.revision()));
        }
        return queries;
    }

    /// Whether so much was logged since the last snapshot that one is due; it is taken for saved from now on.
    boolean takeSnapshotTurn() {
        if (head - snapshotAt < SNAPSHOT_REVISIONS && bytesSinceSnapshot < SNAPSHOT_BYTES) {
            return false;
        }
        snapshotAt = head;
        bytesSinceSnapshot = 0;
        return true;
    }
}
