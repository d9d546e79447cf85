package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Stamp;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TitleInForce;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// One dashboard's append, written within the caller's transaction, which waits for the dashboard's row for as long as it
/// takes. Confined to one thread.
final class LogWriter {

    /// Pushes of a replica whose decisions are kept: as many as may be in flight.
    static final int REMEMBERED = Limits.PUSHES_IN_FLIGHT;

    private static final Stamp NO_TITLE = new Stamp(0, 0, 0);

    private final Handle handle;
    private final DashboardId dashboard;

    LogWriter(Handle handle, DashboardId dashboard) {
        this.handle = handle;
        this.dashboard = dashboard;
    }

    /// Waits for the dashboard's row, which then is this transaction's until it ends, and tells its head; empty where it
    /// is gone.
    Optional<LogPosition> lock() {
        return handle.createQuery("SELECT epoch, head FROM dashboard WHERE id = :id FOR UPDATE")
                .bind("id", dashboard.id())
                .map((row, _) -> new LogPosition(new Epoch(row.getObject("epoch", UUID.class)), row.getLong("head")))
                .findOne();
    }

    /// The entries that a dashboard is created with.
    void create(List<Entry> creation) {
        if (!creation.isEmpty()) {
            handle.createUpdate("""
                    INSERT INTO entry (dashboard, revision, format, body, replica, client_seq)
                    SELECT :dashboard, place, :format, body::json, replica, client_seq
                    FROM unnest(:replicas, :numbers, :bodies) WITH ORDINALITY AS row (replica, client_seq, body, place)
                    """).bind("dashboard", dashboard.id()).bind("format", JsonRow.FORMAT)
                    .bindArray("replicas", Integer.class, creation.stream().map(Entry::replica).toList())
                    .bindArray("numbers", Long.class, creation.stream().map(Entry::clientSeq).toList())
                    .bindArray("bodies", String.class, creation.stream().map(JsonRow::body).toList()).execute();
        }
    }

    /// @throws StoreException where a replica is unknown
    /// @throws SQLException where the connection fails
    AppendResult append(Append append) throws SQLException {
        if (append.spans().isEmpty()) {
            return new AppendResult.AlreadyDecided();
        }
        try {
            if (AppendStatement.execute(handle.getConnection(), List.of(append), AppendStatement.UNTIL_FREE)
                    .isEmpty()) {
                return elsewhere(append.expected());
            }
        } catch (SQLException e) {
            if (AppendStatement.isOutdated(e)) {
                handle.getConnection().rollback();
                return new AppendResult.Outdated();
            }
            if (AppendStatement.isAlreadyDecided(e)) {
                handle.getConnection().rollback();
                checkKnown(append.spans().stream().map(Append.Span::replica).toList());
                return new AppendResult.AlreadyDecided();
            }
            throw e;
        }
        retitle(TitleInForce.initial("").after(append.entries()));
        remember(append.refusals(), append.spans());
        return new AppendResult.Appended();
    }

    private void retitle(TitleInForce title) {
        if (!title.stamp().equals(NO_TITLE)) {
            handle.createUpdate("""
                    UPDATE dashboard SET title = :title, title_wall = :wall, title_counter = :counter,
                           title_replica = :replica
                    WHERE id = :id AND (title_wall, title_counter, title_replica) < (:wall, :counter, :replica)
                    """).bind("id", dashboard.id()).bind("title", title.title())
                    .bind("wall", title.stamp().wall()).bind("counter", title.stamp().counter())
                    .bind("replica", title.stamp().replica()).execute();
        }
    }

    /// The log does not end where it was expected to.
    private AppendResult elsewhere(LogPosition expected) {
        Optional<LogPosition> head = lock();
        if (head.isEmpty()) {
            return new AppendResult.Gone();
        }
        if (head.get().epoch().equals(expected.epoch()) && head.get().revision() < expected.revision()) {
            // It was taken back to an earlier state: its revisions mean something else from now on.
            handle.createUpdate("UPDATE dashboard SET epoch = gen_random_uuid() WHERE id = :id")
                    .bind("id", dashboard.id()).execute();
            return new AppendResult.OtherEpoch();
        }
        return head.get().epoch().equals(expected.epoch())
                ? new AppendResult.Behind(LogRows.after(handle, dashboard, expected.revision(), Integer.MAX_VALUE))
                : new AppendResult.OtherEpoch();
    }

    private void checkKnown(List<Integer> replicas) {
        Map<Integer, ReplicaState> known = new ReplicaRows(handle, dashboard).states(replicas);
        for (int replica : replicas) {
            if (!known.containsKey(replica)) {
                throw new StoreException(
                        "Dashboard %s has no replica %d; nothing was written.".formatted(dashboard, replica));
            }
        }
    }

    private void remember(List<Decision.Refused> refusals, List<Append.Span> spans) {
        if (refusals.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO push (dashboard, replica, client_seq, digest, refusal_code, refusal_field, refusal_text)
                SELECT :dashboard, row.* FROM unnest(:replicas, :numbers, :digests, :codes, :fields, :texts) AS row
                """).bind("dashboard", dashboard.id())
                .bindArray("replicas", Integer.class, refusals.stream().map(Decision::replica).toList())
                .bindArray("numbers", Long.class, refusals.stream().map(Decision::clientSeq).toList())
                .bindArray("digests", UUID.class,
                        refusals.stream().map(refusal -> AppendStatement.uuid(refusal.digest())).toList())
                .bindArray("codes", String.class, refusals.stream().map(refusal -> refusal.code().name()).toList())
                .bindArray("fields", String.class, fields(refusals))
                .bindArray("texts", String.class, refusals.stream().map(Decision.Refused::text).toList()).execute();
        handle.createUpdate("""
                DELETE FROM push USING unnest(:replicas, :lasts) AS row (replica, last)
                WHERE dashboard = :dashboard AND push.replica = row.replica
                      AND push.client_seq <= row.last - :remembered
                """).bind("dashboard", dashboard.id()).bind("remembered", (long) REMEMBERED)
                .bindArray("replicas", Integer.class, spans.stream().map(Append.Span::replica).toList())
                .bindArray("lasts", Long.class, spans.stream().map(Append.Span::last).toList()).execute();
    }

    private static List<@Nullable String> fields(List<Decision.Refused> refusals) {
        List<@Nullable String> fields = new ArrayList<>();
        refusals.forEach(refusal -> fields.add(refusal.field()));
        return fields;
    }
}
