package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Stamp;
import io.watchfloor.server.store.AppendResult;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.LogPosition;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TitleInForce;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// The rows of one append, written within the caller's transaction. What every group writes is one statement: each more
/// would be one more round trip during which the dashboard's row is locked. Confined to one thread.
final class LogWriter {

    /// Pushes of a replica whose decisions are kept: as many as may be in flight.
    static final int REMEMBERED = Limits.PUSHES_IN_FLIGHT;

    private static final String INSERT_ENTRIES = """
            INSERT INTO entry (dashboard, revision, format, body, replica, client_seq, digest)
            SELECT head.id, :before + row.position, :format, row.body, row.replica, row.client_seq, row.digest
            FROM head, ROWS FROM (unnest(:replicas, :numbers, :digests), json_array_elements(:bodies::json))
                 WITH ORDINALITY AS row (replica, client_seq, digest, body, position)
            """;

    /// A group of refusals raises nothing, and is no change that a list may show.
    /// The head is raised first, which takes the row's lock; where it is not the expected one of the expected epoch, nothing
    /// is written. Rights are looked at after that, as they are then and stay until the transaction ends.
    private static final String APPEND = """
            WITH head AS (
                UPDATE dashboard
                SET head = :after, changed_at = CASE WHEN :after > :before THEN now() ELSE changed_at END,
                    (title, title_wall, title_counter, title_replica) = (
                    SELECT * FROM (VALUES (title, title_wall, title_counter, title_replica),
                                          (:title, :wall, :counter, :replica)) AS titles (title, wall, counter, replica)
                    ORDER BY wall DESC, counter DESC, replica DESC LIMIT 1)
                WHERE id = :dashboard AND epoch = :epoch AND head = :before RETURNING id
            ), advanced AS (
                UPDATE replica_number SET high_water = row.last, used_at = now()
                FROM head, unnest(:pushing, :firsts, :lasts) AS row (number, first, last)
                WHERE replica_number.dashboard = head.id AND replica_number.number = row.number
                      AND replica_number.high_water < row.first
                RETURNING replica_number.number
            ), entries AS (
            """ + INSERT_ENTRIES + """
            )
            SELECT CASE WHEN EXISTS (SELECT FROM head) THEN ARRAY(SELECT number FROM advanced) END AS advanced,
                   hold_rights_revision() AS rights
            """;

    private static final Stamp NO_TITLE = new Stamp(0, 0, 0);

    private final Handle handle;
    private final DashboardId dashboard;

    LogWriter(Handle handle, DashboardId dashboard) {
        this.handle = handle;
        this.dashboard = dashboard;
    }

    /// The numbers of one replica's pushes in a group.
    private record Span(long first, long last) {}

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
            List<@Nullable Digest> digests = Collections.nCopies(creation.size(), null);
            bindEntries(handle.createUpdate("WITH head AS (SELECT :dashboard AS id) " + INSERT_ENTRIES), creation,
                    digests).bind("dashboard", dashboard.id()).bind("before", 0L).execute();
        }
    }

    /// @param numbers of the replicas whose high-water was raised; absent where the head is not the expected one
    private record Advanced(@Nullable List<Integer> numbers, long rights) {}

    /// @param rights that the decisions were made on
    /// @throws StoreException where a replica is unknown
    /// @throws SQLException where the connection fails
    AppendResult append(LogPosition expected, long rights, List<Decision> decisions, List<Entry> entries)
            throws SQLException {
        Map<Integer, Span> spans = spans(decisions);
        if (spans.isEmpty()) {
            return new AppendResult.AlreadyDecided();
        }
        TitleInForce title = TitleInForce.initial("").after(entries);
        List<Digest> digests = decisions.stream().filter(Decision.Accepted.class::isInstance).map(Decision::digest)
                .toList();
        Advanced advanced = bindEntries(handle.createQuery(APPEND), entries, digests)
                .bind("dashboard", dashboard.id()).bind("epoch", expected.epoch().id())
                .bind("before", expected.revision()).bind("after", expected.revision() + entries.size())
                .bind("title", title.title())
                .bind("wall", title.stamp().equals(NO_TITLE) ? -1L : title.stamp().wall())
                .bind("counter", title.stamp().counter()).bind("replica", title.stamp().replica())
                .bindArray("pushing", Integer.class, List.copyOf(spans.keySet()))
                .bindArray("firsts", Long.class, spans.values().stream().map(Span::first).toList())
                .bindArray("lasts", Long.class, spans.values().stream().map(Span::last).toList())
                .map((row, _) -> new Advanced(numbers(row.getArray("advanced")), row.getLong("rights")))
                .one();
        List<Integer> numbers = advanced.numbers();
        if (numbers == null) {
            return elsewhere(expected);
        }
        if (rights != DashboardStore.ANY_RIGHTS && rights != advanced.rights()) {
            handle.getConnection().rollback();
            return new AppendResult.Outdated();
        }
        if (numbers.size() < spans.size()) {
            handle.getConnection().rollback();
            checkKnown(spans, numbers);
            return new AppendResult.AlreadyDecided();
        }
        remember(decisions.stream().filter(Decision.Refused.class::isInstance).map(Decision.Refused.class::cast)
                .toList(), spans);
        return new AppendResult.Appended();
    }

    private static @Nullable List<Integer> numbers(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((Integer[]) array.getArray());
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

    /// Empty where a push is in the group twice. A number is decided once: whoever decides about one that is not above its
    /// replica's high-water has missed that.
    private static Map<Integer, Span> spans(List<Decision> decisions) {
        Map<Integer, Span> spans = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            long number = decision.clientSeq();
            Span span = spans.get(decision.replica());
            if (span != null && number <= span.last()) {
                return Map.of();
            }
            spans.put(decision.replica(), new Span(span == null ? number : span.first(), number));
        }
        return spans;
    }

    private void checkKnown(Map<Integer, Span> spans, List<Integer> advanced) {
        List<Integer> others = spans.keySet().stream().filter(number -> !advanced.contains(number)).toList();
        Map<Integer, ReplicaState> known = new ReplicaRows(handle, dashboard).states(others);
        for (int replica : others) {
            if (!known.containsKey(replica)) {
                throw new StoreException(
                        "Dashboard %s has no replica %d; nothing was written.".formatted(dashboard, replica));
            }
        }
    }

    private static <S extends SqlStatement<S>> S bindEntries(S statement, List<Entry> entries,
            List<? extends @Nullable Digest> digests) {
        return statement.bind("format", JsonRow.FORMAT)
                .bindArray("replicas", Integer.class, entries.stream().map(Entry::replica).toList())
                .bindArray("numbers", Long.class, entries.stream().map(Entry::clientSeq).toList())
                .bindArray("digests", UUID.class, uuids(digests))
                .bind("bodies", entries.stream().map(JsonRow::body).collect(Collectors.joining(",", "[", "]")));
    }

    private static List<@Nullable UUID> uuids(List<? extends @Nullable Digest> digests) {
        List<@Nullable UUID> uuids = new ArrayList<>();
        for (Digest digest : digests) {
            uuids.add(digest == null ? null : new UUID(digest.high(), digest.low()));
        }
        return uuids;
    }

    private void remember(List<Decision.Refused> refusals, Map<Integer, Span> spans) {
        if (refusals.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO push (dashboard, replica, client_seq, digest, refusal_code, refusal_field, refusal_text)
                SELECT :dashboard, row.* FROM unnest(:replicas, :numbers, :digests, :codes, :fields, :texts) AS row
                """).bind("dashboard", dashboard.id())
                .bindArray("replicas", Integer.class, refusals.stream().map(Decision::replica).toList())
                .bindArray("numbers", Long.class, refusals.stream().map(Decision::clientSeq).toList())
                .bindArray("digests", UUID.class, uuids(refusals.stream().map(Decision::digest).toList()))
                .bindArray("codes", String.class, refusals.stream().map(refusal -> refusal.code().name()).toList())
                .bindArray("fields", String.class, fields(refusals))
                .bindArray("texts", String.class, refusals.stream().map(Decision.Refused::text).toList()).execute();
        handle.createUpdate("""
                DELETE FROM push USING unnest(:replicas, :lasts) AS row (replica, last)
                WHERE dashboard = :dashboard AND push.replica = row.replica
                      AND push.client_seq <= row.last - :remembered
                """).bind("dashboard", dashboard.id()).bind("remembered", (long) REMEMBERED)
                .bindArray("replicas", Integer.class, List.copyOf(spans.keySet()))
                .bindArray("lasts", Long.class, spans.values().stream().map(Span::last).toList()).execute();
    }

    private static List<@Nullable String> fields(List<Decision.Refused> refusals) {
        List<@Nullable String> fields = new ArrayList<>();
        refusals.forEach(refusal -> fields.add(refusal.field()));
        return fields;
    }
}
