package io.watchfloor.server.store.postgres;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// The audit log in PostgreSQL. Thread-safe.
public final class PostgresAuditStore implements AuditStore {

    private final Database database;

    public PostgresAuditStore(Database database) {
        this.database = database;
    }

    /// Whether the role that the server serves with could change or remove what it has written.
    public boolean mayBeChanged() {
        return database.<Boolean>run(handle -> handle.createQuery("""
                SELECT bool_or(has_table_privilege(oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')
                               OR has_table_privilege(oid, 'TRUNCATE') OR pg_has_role(current_user, relowner, 'MEMBER'))
                FROM pg_class WHERE oid IN (to_regclass('audit_event'), to_regclass('audit_chain'))
                """).mapTo(Boolean.class).one());
    }

    @Override
    public void append(String writer, AuditEvent event, Seal seal) {
        database.<Integer>run(handle -> {
            // The serving role may not lock what it may not change.
            handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('watchfloor audit ' || ?, 0))", writer);
            ChainHead before = handle.createQuery("SELECT * FROM audit_chain WHERE writer = :writer")
                    .bind("writer", writer).map(PostgresAuditStore::head).findOne()
                    .orElse(new ChainHead(writer, 0, ""));
            String mac = seal.mac(before, event);
            return handle.createUpdate("""
                    INSERT INTO audit_event
                        (writer, number, at, actor, address, action, subject, outcome, detail, times, key_id, mac)
                    VALUES (:writer, :number, :at, :actor, :address, :action, :subject, :outcome, :detail, :times,
                            :key, :mac)
                    """).bind("writer", writer).bind("number", before.number() + 1)
                    .bind("at", Instant.ofEpochMilli(event.at())).bind("actor", event.actor())
                    .bind("address", event.address()).bind("action", event.action().name())
                    .bind("subject", event.subject()).bind("outcome", event.outcome().name())
                    .bind("detail", event.detail()).bind("times", event.times()).bind("key", seal.key())
                    .bind("mac", mac).execute();
        });
    }

    @Override
    public List<ChainedEvent> page(@Nullable Long before, AuditFilter filter, int most) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        want(before, "id < :before", "before", conditions, values);
        want(filter.actor(), "lower(actor) = lower(:actor)", "actor", conditions, values);
        want(filter.name(), "(lower(actor) = lower(:name) OR lower(subject) = lower(:name))", "name", conditions,
                values);
        want(filter.outcome() == null ? null : filter.outcome().name(), "outcome = :outcome", "outcome", conditions,
                values);
        want(filter.from() == null ? null : Instant.ofEpochMilli(filter.from()), "at >= :from", "from", conditions,
                values);
        want(filter.to() == null ? null : Instant.ofEpochMilli(filter.to()), "at < :to", "to", conditions, values);
        List<String> actions = filter.actions().stream().map(AuditAction::name).sorted().toList();
        if (!actions.isEmpty()) {
            conditions.add("action = ANY (:actions)");
        }
        String where = conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
        return database.<List<ChainedEvent>>run(handle -> {
            Query query = handle.createQuery("SELECT * FROM audit_event " + where + " ORDER BY id DESC LIMIT :most")
                    .bindMap(values).bind("most", most);
            return (actions.isEmpty() ? query : query.bindArray("actions", String.class, actions))
                    .map(PostgresAuditStore::event).list();
        });
    }

    private static void want(@Nullable Object value, String condition, String name, List<String> conditions,
            Map<String, Object> values) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    @Override
    public List<ChainedEvent> chain(String writer, long after, int most) {
        return database.<List<ChainedEvent>>run(handle -> handle.createQuery("""
                SELECT * FROM audit_event WHERE writer = :writer AND number > :after ORDER BY number LIMIT :most
                """).bind("writer", writer).bind("after", after).bind("most", most).map(PostgresAuditStore::event)
                .list());
    }

    @Override
    public List<ChainHead> heads() {
        return database.<List<ChainHead>>run(handle -> handle.createQuery("SELECT * FROM audit_chain ORDER BY writer")
                .map(PostgresAuditStore::head).list());
    }

    private static ChainHead head(ResultSet row, StatementContext context) throws SQLException {
        return new ChainHead(row.getString("writer"), row.getLong("number"), row.getString("mac"));
    }

    private static ChainedEvent event(ResultSet row, StatementContext context) throws SQLException {
        AuditEvent event = new AuditEvent(row.getTimestamp("at").getTime(), row.getString("actor"),
                row.getString("address"), AuditAction.valueOf(row.getString("action")), row.getString("subject"),
                AuditOutcome.valueOf(row.getString("outcome")), row.getString("detail"), row.getInt("times"));
        return new ChainedEvent(row.getLong("id"), row.getString("writer"), row.getLong("number"), event,
                row.getString("key_id"), row.getString("mac"));
    }
}
