package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Stamp;
import io.watchfloor.server.store.DashboardStore;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.Digest;
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

    /// The head is raised first, which takes the row's lock; where it is not the expected one, nothing is written. Rights
    /// are looked at after that, as they are then and stay until the transaction ends.
    private static final String APPEND = """
            WITH head AS (
                UPDATE dashboard
                SET head = :after, changed_at = now(), (title, title_wall, title_counter, title_replica) = (
                    SELECT * FROM (VALUES (title, title_wall, title_counter, title_replica),
                                          (:title, :wall, :counter, :replica)) AS titles (title, wall, counter, replica)
                    ORDER BY wall DESC, counter DESC, replica DESC LIMIT 1)
                WHERE id = :dashboard AND head = :before RETURNING id
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
    Optional<Long> lock() {
        return handle.createQuery("SELECT head FROM dashboard WHERE id = :id FOR UPDATE").bind("id", dashboard.id())
                .mapTo(Long.class).findOne();
    }

    /// The entries that a dashboard is created with.
    void create(List<Entry> creation) {
        if (!creation.isEmpty()) {
            List<@Nullable Digest> digests = Collections.nCopies(creation.size(), null);
            bindEntries(handle.createUpdate("WITH head AS (SELECT :dashboard AS id) " + INSERT_ENTRIES), creation,
                    digests).bind("dashboard", dashboard.id()).bind("before", 0L).execute();
        }
    }

    /// What became of an append.
    enum Outcome {
        WRITTEN,
        /// The head is not the expected one, or the dashboard is gone; nothing is written.
        BEHIND,
        /// Rights have changed; what was written is to be rolled back.
        OUTDATED
    }

    /// @param numbers of the replicas whose high-water was raised; absent where the head is not the expected one
    private record Advanced(@Nullable List<Integer> numbers, long rights) {}

    /// @param rights that the decisions were made on
    /// @throws StoreException where a push was decided before, or its replica is unknown
    Outcome append(long expectedHead, long rights, List<Decision> decisions, List<Entry> entries) {
        Map<Integer, Span> spans = spans(decisions);
        TitleInForce title = TitleInForce.initial("").after(entries);
        List<Digest> digests = decisions.stream().filter(Decision.Accepted.class::isInstance).map(Decision::digest)
                .toList();
        Advanced advanced = bindEntries(handle.createQuery(APPEND), entries, digests)
                .bind("dashboard", dashboard.id()).bind("before", expectedHead)
                .bind("after", expectedHead + entries.size()).bind("title", title.title())
                .bind("wall", title.stamp().equals(NO_TITLE) ? -1L : title.stamp().wall())
                .bind("counter", title.stamp().counter()).bind("replica", title.stamp().replica())
                .bindArray("pushing", Integer.class, List.copyOf(spans.keySet()))
                .bindArray("firsts", Long.class, spans.values().stream().map(Span::first).toList())
                .bindArray("lasts", Long.class, spans.values().stream().map(Span::last).toList())
                .map((row, _) -> new Advanced(numbers(row.getArray("advanced")), row.getLong("rights")))
                .one();
        List<Integer> numbers = advanced.numbers();
        if (numbers == null) {
            return Outcome.BEHIND;
        }
        if (rights != DashboardStore.ANY_RIGHTS && rights != advanced.rights()) {
            return Outcome.OUTDATED;
        }
        if (numbers.size() < spans.size()) {
            throw decidedBefore(spans, numbers);
        }
        remember(decisions.stream().filter(Decision.Refused.class::isInstance).map(Decision.Refused.class::cast)
                .toList(), spans);
        return Outcome.WRITTEN;
    }

    private static @Nullable List<Integer> numbers(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((Integer[]) array.getArray());
    }

    private Map<Integer, Span> spans(List<Decision> decisions) {
        Map<Integer, Span> spans = new LinkedHashMap<>();
        for (Decision decision : decisions) {
            long number = decision.clientSeq();
            spans.merge(decision.replica(), new Span(number, number), (span, _) -> {
                if (number <= span.last()) {
                    throw decidedBefore(decision.replica());
                }
                return new Span(span.first(), number);
            });
        }
        return spans;
    }

    /// A number is decided once: whoever decides about one that is not above its replica's high-water has missed that.
    private StoreException decidedBefore(Map<Integer, Span> spans, List<Integer> advanced) {
        int replica = spans.keySet().stream().filter(number -> !advanced.contains(number)).findFirst().orElseThrow();
        boolean known = handle.createQuery("""
                SELECT count(*) > 0 FROM replica_number WHERE dashboard = :dashboard AND number = :number
                """).bind("dashboard", dashboard.id()).bind("number", replica).mapTo(boolean.class).one();
        return known
                ? decidedBefore(replica)
                : new StoreException(
                        "Dashboard %s has no replica %d; nothing was written.".formatted(dashboard, replica));
    }

    private StoreException decidedBefore(int replica) {
        return new StoreException("A push of replica %d in dashboard %s was decided before; nothing was written."
                .formatted(replica, dashboard));
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
