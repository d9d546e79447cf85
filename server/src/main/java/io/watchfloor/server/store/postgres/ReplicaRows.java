package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of replicas, within the caller's transaction. Confined to one thread.
final class ReplicaRows {

    private final Handle handle;
    private final DashboardId dashboard;

    ReplicaRows(Handle handle, DashboardId dashboard) {
        this.handle = handle;
        this.dashboard = dashboard;
    }

    @Nullable
    ReplicaState register(ReplicaId replica, String account) {
        if (new LogWriter(handle, dashboard).lock().isEmpty() || !belongs(replica, account)) {
            return null;
        }
        int number = numberOf(replica);
        return states(List.of(number)).get(number);
    }

    /// Those that the dashboard knows, by number. What was accepted stands in the log, what was refused apart, and what was
    /// accepted longer ago than the log reaches back.
    Map<Integer, ReplicaState> states(Collection<Integer> numbers) {
        Map<Integer, List<Decided>> recent = new HashMap<>();
        Map<Integer, ReplicaState> states = new HashMap<>();
        handle.createQuery("""
                SELECT epoch, number, high_water FROM replica_number JOIN dashboard ON dashboard.id = dashboard
                WHERE dashboard = :dashboard AND number = ANY(:numbers)
                """).bind("dashboard", dashboard.id()).bindArray("numbers", Integer.class, List.copyOf(numbers))
                .map((row, _) -> new ReplicaState(new Epoch(row.getObject("epoch", UUID.class)), row.getInt("number"),
                        row.getLong("high_water"), List.of()))
                .forEach(state -> states.put(state.number(), state));
        handle.createQuery("""
                SELECT entry.replica, client_seq, digest, revision,
                       null AS refusal_code, null AS refusal_field, null AS refusal_text
                FROM unnest(:numbers, :forgotten) AS asked (number, forgotten)
                JOIN entry ON entry.dashboard = :dashboard AND entry.replica = asked.number
                     AND client_seq > forgotten AND digest IS NOT NULL
                UNION ALL
                SELECT push.replica, client_seq, digest, revision, refusal_code, refusal_field, refusal_text
                FROM unnest(:numbers, :forgotten) AS asked (number, forgotten)
                JOIN push ON push.dashboard = :dashboard AND push.replica = asked.number AND client_seq > forgotten
                ORDER BY client_seq
                """).bind("dashboard", dashboard.id())
                .bindArray("numbers", Integer.class, List.copyOf(states.keySet()))
                .bindArray("forgotten", Long.class, states.values().stream()
                        .map(state -> state.highWater() - LogWriter.REMEMBERED).toList())
                .map((row, _) -> Map.entry(row.getInt("replica"), decided(row)))
                .forEach(each -> recent.computeIfAbsent(each.getKey(), _ -> new ArrayList<>()).add(each.getValue()));
        states.replaceAll((number, state) -> new ReplicaState(state.epoch(), number, state.highWater(),
                List.copyOf(recent.getOrDefault(number, List.of()))));
        return states;
    }

    /// Binds the replica to the account at its first use.
    private boolean belongs(ReplicaId replica, String account) {
        handle.createUpdate("INSERT INTO replica (id, account) VALUES (:id, :account) ON CONFLICT DO NOTHING")
                .bind("id", replica.id()).bind("account", account).execute();
        return handle.createQuery("SELECT account FROM replica WHERE id = :id").bind("id", replica.id())
                .mapTo(String.class).one().equals(account);
    }

    private int numberOf(ReplicaId replica) {
        return handle.createQuery("""
                UPDATE replica_number SET used_at = now() WHERE dashboard = :dashboard AND replica = :replica
                RETURNING number
                """).bind("dashboard", dashboard.id()).bind("replica", replica.id()).mapTo(int.class).findOne()
                .orElseGet(() -> newNumber(replica));
    }

    private int newNumber(ReplicaId replica) {
        int number = handle.createQuery("""
                UPDATE dashboard SET replicas = replicas + 1 WHERE id = :dashboard RETURNING replicas
                """).bind("dashboard", dashboard.id()).mapTo(int.class).one();
        handle.createUpdate("""
                INSERT INTO replica_number (dashboard, number, replica, high_water)
                VALUES (:dashboard, :number, :replica, 0)
                """).bind("dashboard", dashboard.id()).bind("number", number).bind("replica", replica.id()).execute();
        return number;
    }

    private static Decided decided(ResultSet row) throws SQLException {
        UUID digest = row.getObject("digest", UUID.class);
        return new Decided(row.getLong("client_seq"),
                new Digest(digest.getMostSignificantBits(), digest.getLeastSignificantBits()), answer(row));
    }

    private static Answer answer(ResultSet row) throws SQLException {
        @Nullable
        String code = row.getString("refusal_code");
        return code == null
                ? new Answer.Accepted(row.getLong("revision"))
                : new Answer.Refused(ErrorCode.valueOf(code), row.getString("refusal_field"),
                        Objects.requireNonNull(row.getString("refusal_text"), "a constraint asks for it"));
    }
}
