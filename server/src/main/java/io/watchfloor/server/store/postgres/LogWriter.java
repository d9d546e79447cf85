package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Stamp;
import io.watchfloor.server.store.Decision;
import io.watchfloor.server.store.StoreException;
import io.watchfloor.server.store.TitleInForce;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of one append, written within the caller's transaction. Confined to one thread.
final class LogWriter {

    /// Pushes of a replica whose decisions are kept: as many as may be in flight.
    static final int REMEMBERED = Limits.PUSHES_IN_FLIGHT;

    private final Handle handle;
    private final DashboardId dashboard;

    LogWriter(Handle handle, DashboardId dashboard) {
        this.handle = handle;
        this.dashboard = dashboard;
    }

    /// What the dashboard's locked row tells.
    record Locked(long head, TitleInForce title) {}

    /// Waits for the dashboard's row, which then is this transaction's until it ends; empty where it is gone.
    Optional<Locked> lock() {
        return handle.createQuery("""
                SELECT head, title, title_wall, title_counter, title_replica FROM dashboard WHERE id = :id FOR UPDATE
                """).bind("id", dashboard.id()).map((row, _) -> locked(row)).findOne();
    }

    private static Locked locked(ResultSet row) throws SQLException {
        Stamp stamp = new Stamp(row.getLong("title_wall"), row.getInt("title_counter"), row.getInt("title_replica"));
        return new Locked(row.getLong("head"), new TitleInForce(row.getString("title"), stamp));
    }

    void write(Locked before, List<Decision> decisions, List<Entry> entries) {
        Map<Integer, Long> highWaters = checkHighWaters(decisions);
        writeEntries(entries);
        writePushes(decisions);
        writeHighWaters(highWaters);
        writeHead(before.head() + entries.size(), before.title().after(entries));
    }

    void writeEntries(List<Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                INSERT INTO entry (dashboard, revision, format, body)
                SELECT :dashboard, row.revision, :format, row.body::json
                FROM unnest(:revisions, :bodies) AS row (revision, body)
                """).bind("dashboard", dashboard.id()).bind("format", JsonRow.FORMAT)
                .bindArray("revisions", Long.class, entries.stream().map(Entry::revision).toList())
                .bindArray("bodies", String.class, entries.stream().map(JsonRow::body).toList()).execute();
    }

    /// A number is decided once: whoever decides about one that is not above its replica's high-water has missed that.
    private Map<Integer, Long> checkHighWaters(List<Decision> decisions) {
        Map<Integer, Long> highWaters = new HashMap<>();
        handle.createQuery("""
                SELECT number, high_water FROM replica_number WHERE dashboard = :dashboard AND number = ANY(:numbers)
                """).bind("dashboard", dashboard.id())
                .bindArray("numbers", Integer.class, decisions.stream().map(Decision::replica).distinct().toList())
                .map((row, _) -> Map.entry(row.getInt("number"), row.getLong("high_water")))
                .forEach(entry -> highWaters.put(entry.getKey(), entry.getValue()));
        for (Decision decision : decisions) {
            Long highWater = highWaters.get(decision.replica());
            if (highWater == null) {
                throw new StoreException("Dashboard %s has no replica %d; nothing was written."
                        .formatted(dashboard, decision.replica()));
            }
            if (decision.clientSeq() <= highWater) {
                throw new StoreException(
                        "Push %d of replica %d in dashboard %s was decided before; nothing was written."
                                .formatted(decision.clientSeq(), decision.replica(), dashboard));
            }
            highWaters.put(decision.replica(), decision.clientSeq());
        }
        return highWaters;
    }

    private void writePushes(List<Decision> decisions) {
        List<Integer> replicas = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<UUID> digests = new ArrayList<>();
        List<@Nullable Long> revisions = new ArrayList<>();
        List<@Nullable String> codes = new ArrayList<>();
        List<@Nullable String> fields = new ArrayList<>();
        List<@Nullable String> texts = new ArrayList<>();
        for (Decision decision : decisions) {
            replicas.add(decision.replica());
            numbers.add(decision.clientSeq());
            digests.add(new UUID(decision.digest().high(), decision.digest().low()));
            Decision.@Nullable Refused refused = decision instanceof Decision.Refused r ? r : null;
            revisions.add(decision instanceof Decision.Accepted accepted ? accepted.entry().revision() : null);
            codes.add(refused == null ? null : refused.code().name());
            fields.add(refused == null ? null : refused.field());
            texts.add(refused == null ? null : refused.text());
        }
        handle.createUpdate("""
                INSERT INTO push (dashboard, replica, client_seq, digest, revision,
                                  refusal_code, refusal_field, refusal_text)
                SELECT :dashboard, row.* FROM unnest(:replicas, :numbers, :digests, :revisions, :codes, :fields, :texts)
                AS row
                """).bind("dashboard", dashboard.id()).bindArray("replicas", Integer.class, replicas)
                .bindArray("numbers", Long.class, numbers).bindArray("digests", UUID.class, digests)
                .bindArray("revisions", Long.class, revisions).bindArray("codes", String.class, codes)
                .bindArray("fields", String.class, fields).bindArray("texts", String.class, texts).execute();
    }

    private void writeHighWaters(Map<Integer, Long> highWaters) {
        List<Integer> replicas = List.copyOf(highWaters.keySet());
        List<Long> numbers = replicas.stream().map(highWaters::get).toList();
        handle.createUpdate("""
                UPDATE replica_number SET high_water = row.number, used_at = now()
                FROM unnest(:replicas, :numbers) AS row (replica, number)
                WHERE dashboard = :dashboard AND replica_number.number = row.replica
                """).bind("dashboard", dashboard.id()).bindArray("replicas", Integer.class, replicas)
                .bindArray("numbers", Long.class, numbers).execute();
        handle.createUpdate("""
                DELETE FROM push USING unnest(:replicas, :numbers) AS row (replica, number)
                WHERE dashboard = :dashboard AND push.replica = row.replica
                  AND push.client_seq <= row.number - :remembered
                """).bind("dashboard", dashboard.id()).bindArray("replicas", Integer.class, replicas)
                .bindArray("numbers", Long.class, numbers).bind("remembered", (long) REMEMBERED).execute();
    }

    private void writeHead(long head, TitleInForce title) {
        handle.createUpdate("""
                UPDATE dashboard SET head = :head, changed_at = now(), title = :title, title_wall = :wall,
                       title_counter = :counter, title_replica = :replica
                WHERE id = :id
                """).bind("id", dashboard.id()).bind("head", head).bind("title", title.title())
                .bind("wall", title.stamp().wall()).bind("counter", title.stamp().counter())
                .bind("replica", title.stamp().replica()).execute();
    }
}
