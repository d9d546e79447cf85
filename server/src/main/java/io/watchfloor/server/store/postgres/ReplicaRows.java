package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.server.store.Digest;
import io.watchfloor.server.store.ReplicaState;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import io.watchfloor.server.store.postgres.Registrations.Applicant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /// Gives replicas their numbers, and finds those again that have one. Waits for the dashboard's row once for all.
    ///
    /// @return what each is given, in their order; null where it belongs to another account, or the dashboard is gone
    List<@Nullable ReplicaState> register(List<Applicant> applicants) {
        List<@Nullable ReplicaState> registered = new ArrayList<>();
        if (new LogWriter(handle, dashboard).lock().isEmpty()) {
            applicants.forEach(_ -> registered.add(null));
            return registered;
        }
        Map<ReplicaId, String> accounts = accounts(applicants);
        Map<ReplicaId, Integer> numbers = numbers(applicants.stream()
                .filter(each -> each.account().equals(accounts.get(each.replica()))).map(Applicant::replica).distinct()
                .toList());
        Map<Integer, ReplicaState> states = states(numbers.values());
        for (Applicant each : applicants) {
            registered.add(each.account().equals(accounts.get(each.replica()))
                    ? states.get(numbers.get(each.replica()))
                    : null);
        }
        return registered;
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

    /// Whose they are, by number. The server's own is nobody's.
    Map<Integer, String> accounts(Set<Integer> numbers) {
        return handle.createQuery("""
                SELECT number, account FROM replica_number JOIN replica ON replica.id = replica_number.replica
                WHERE dashboard = :dashboard AND number = ANY(:numbers)
                """).bind("dashboard", dashboard.id()).bindArray("numbers", Integer.class, List.copyOf(numbers))
                .map((row, _) -> Map.entry(row.getInt("number"), row.getString("account"))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Binds each replica to the account that uses it first, and tells whose it is. In one order, so that dashboards with
    /// the same people do not wait for each other in a circle.
    private Map<ReplicaId, String> accounts(List<Applicant> applicants) {
        Map<UUID, String> asking = new LinkedHashMap<>();
        applicants.forEach(each -> asking.putIfAbsent(each.replica().id(), each.account()));
        handle.createUpdate("""
                INSERT INTO replica (id, account)
                SELECT id, account FROM unnest(:ids, :accounts) AS row (id, account) ORDER BY id
                ON CONFLICT DO NOTHING
                """).bindArray("ids", UUID.class, List.copyOf(asking.keySet()))
                .bindArray("accounts", String.class, List.copyOf(asking.values())).execute();
        return handle.createQuery("SELECT id, account FROM replica WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, List.copyOf(asking.keySet()))
                .map((row, _) -> Map.entry(new ReplicaId(row.getObject("id", UUID.class)), row.getString("account")))
                .stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<ReplicaId, Integer> numbers(List<ReplicaId> replicas) {
        Map<ReplicaId, Integer> numbers = new HashMap<>();
        handle.createQuery("""
                UPDATE replica_number SET used_at = now() WHERE dashboard = :dashboard AND replica = ANY(:replicas)
                RETURNING replica, number
                """).bind("dashboard", dashboard.id())
                .bindArray("replicas", UUID.class, replicas.stream().map(ReplicaId::id).toList())
                .map((row, _) -> Map.entry(new ReplicaId(row.getObject("replica", UUID.class)), row.getInt("number")))
                .forEach(each -> numbers.put(each.getKey(), each.getValue()));
        List<ReplicaId> fresh = replicas.stream().filter(replica -> !numbers.containsKey(replica)).toList();
        if (!fresh.isEmpty()) {
            numbers.putAll(newNumbers(fresh));
        }
        return numbers;
    }

    private Map<ReplicaId, Integer> newNumbers(List<ReplicaId> replicas) {
        int last = handle.createQuery("""
                UPDATE dashboard SET replicas = replicas + :count WHERE id = :dashboard RETURNING replicas
                """).bind("dashboard", dashboard.id()).bind("count", replicas.size()).mapTo(int.class).one();
        Map<ReplicaId, Integer> numbers = new LinkedHashMap<>();
        replicas.forEach(replica -> numbers.put(replica, last - replicas.size() + 1 + numbers.size()));
        handle.createUpdate("""
                INSERT INTO replica_number (dashboard, number, replica, high_water)
                SELECT :dashboard, number, replica, 0 FROM unnest(:numbers, :replicas) AS row (number, replica)
                """).bind("dashboard", dashboard.id())
                .bindArray("numbers", Integer.class, List.copyOf(numbers.values()))
                .bindArray("replicas", UUID.class, replicas.stream().map(ReplicaId::id).toList()).execute();
        return numbers;
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
