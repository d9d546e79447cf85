package io.watchfloor.server.store.postgres;

import io.watchfloor.protocol.rest.Scope;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.RefreshFamily;
import io.watchfloor.server.store.ServiceToken;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.TokenHash;
import io.watchfloor.server.store.TokenStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Tokens and keys in PostgreSQL. Thread-safe.
public final class PostgresTokenStore implements TokenStore {

    private final Database database;

    public PostgresTokenStore(Database database) {
        this.database = database;
    }

    @Override
    public void startFamily(RefreshFamily family) {
        database.<Integer>run(handle -> {
            handle.execute("""
                    INSERT INTO account_activity (account, signed_in_at) VALUES (?, ?)
                    ON CONFLICT (account)
                    DO UPDATE SET signed_in_at = greatest(account_activity.signed_in_at, excluded.signed_in_at)
                    """, family.account(), Instant.ofEpochMilli(family.startedAt()));
            return insert(handle, family);
        });
    }

    private static int insert(Handle handle, RefreshFamily family) {
        return handle.createUpdate("""
                INSERT INTO refresh_family
                    (id, account, generation, token_hash, password_may_be_due, device_hash, device_name, address,
                     started_at, renewed_at)
                VALUES (:id, :account, :generation, :hash, :due, :device, :name, :address, :started, :renewed)
                """).bind("id", family.id()).bind("account", family.account())
                .bind("generation", family.generation()).bind("hash", family.token().hex())
                .bind("due", family.passwordMayBeDue())
                .bind("device", family.device().key() == null ? null : family.device().key().hex())
                .bind("name", family.device().name()).bind("address", family.device().address())
                .bind("started", Instant.ofEpochMilli(family.startedAt()))
                .bind("renewed", Instant.ofEpochMilli(family.renewedAt())).execute();
    }

    @Override
    public Map<String, Long> lastSignIns() {
        return database.<Map<String, Long>>run(
                handle -> times(handle, "SELECT account, signed_in_at FROM account_activity"));
    }

    private static Map<String, Long> times(Handle handle, String query) {
        return handle.createQuery(query).map((row, _) -> Map.entry(row.getString(1), row.getTimestamp(2).getTime()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public @Nullable RefreshFamily family(UUID id) {
        return database.<Optional<RefreshFamily>>run(handle -> handle
                .createQuery("SELECT * FROM refresh_family WHERE id = :id").bind("id", id)
                .map(PostgresTokenStore::readFamily).findOne()).orElse(null);
    }

    @Override
    public boolean renew(UUID family, int generation, TokenHash successor, String address, long now) {
        return database.<Integer>run(handle -> handle.createUpdate("""
                UPDATE refresh_family
                SET generation = generation + 1, token_hash = :hash, renewed_at = :now, address = :address
                WHERE id = :id AND generation = :generation
                """).bind("id", family).bind("generation", generation).bind("hash", successor.hex())
                .bind("address", address).bind("now", Instant.ofEpochMilli(now)).execute()) == 1;
    }

    @Override
    public List<RefreshFamily> families(String account) {
        return database.<List<RefreshFamily>>run(handle -> handle
                .createQuery("SELECT * FROM refresh_family WHERE account = :account ORDER BY renewed_at DESC, id")
                .bind("account", account).map(PostgresTokenStore::readFamily).list());
    }

    @Override
    public int endFamilies(String account, @Nullable UUID but) {
        return database.<Integer>run(handle -> handle.execute(
                "DELETE FROM refresh_family WHERE account = ? AND id IS DISTINCT FROM CAST(? AS uuid)", account, but));
    }

    @Override
    public void forgetEnded(Duration ago) {
        database.<Integer>run(handle -> handle.execute(
                "DELETE FROM ended_session WHERE ended_at < now() - make_interval(secs => ?)",
                (double) ago.toSeconds()));
    }

    static Set<UUID> ended(Handle handle) {
        return handle.createQuery("SELECT id FROM ended_session").mapTo(UUID.class).set();
    }

    @Override
    public boolean endFamily(UUID family) {
        return database.<Integer>run(handle -> handle.execute("DELETE FROM refresh_family WHERE id = ?", family)) == 1;
    }

    @Override
    public void endFamilies(long notRenewedSince, long startedBefore) {
        database.<Integer>run(handle -> handle.execute(
                "DELETE FROM refresh_family WHERE renewed_at < ? OR started_at < ?",
                Instant.ofEpochMilli(notRenewedSince), Instant.ofEpochMilli(startedBefore)));
    }

    @Override
    public void rememberPlace(String account, String place, long now) {
        database.<Integer>run(handle -> handle.execute("""
                INSERT INTO sign_in_place (account, place, seen_at)
                SELECT name, ?, CAST(? AS timestamptz) FROM account WHERE lower(name) = lower(?)
                ON CONFLICT (account, place)
                DO UPDATE SET seen_at = greatest(sign_in_place.seen_at, excluded.seen_at)
                """, place, Instant.ofEpochMilli(now), account));
    }

    @Override
    public boolean isPlaceOf(String account, String place, long since) {
        return database.<Boolean>run(handle -> handle.createQuery("""
                SELECT EXISTS (SELECT 1 FROM account a JOIN sign_in_place p ON p.account = a.name
                               WHERE lower(a.name) = lower(:account) AND p.place = :place AND p.seen_at >= :since)
                """).bind("account", account).bind("place", place).bind("since", Instant.ofEpochMilli(since))
                .mapTo(Boolean.class).one());
    }

    @Override
    public void forgetPlaces(long before) {
        database.<Integer>run(handle -> handle.execute("DELETE FROM sign_in_place WHERE seen_at < ?",
                Instant.ofEpochMilli(before)));
    }

    @Override
    public List<SigningKey> signingKeys() {
        return database.<List<SigningKey>>run(handle -> handle.createQuery("SELECT * FROM signing_key ORDER BY id")
                .map((row, _) -> new SigningKey(row.getString("id"),
                        SigningKey.Purpose.valueOf(row.getString("purpose")), row.getBytes("secret"),
                        row.getTimestamp("created_at").getTime()))
                .list());
    }

    @Override
    public void addSigningKey(SigningKey key) {
        database.<Integer>run(handle -> handle.execute(
                "INSERT INTO signing_key (id, purpose, secret, created_at) VALUES (?, ?, ?, ?)", key.id(),
                key.purpose().name(), key.secret(), Instant.ofEpochMilli(key.createdAt())));
    }

    @Override
    public void replaceSigningKey(SigningKey key) {
        database.<Integer>run(handle -> handle.execute("UPDATE signing_key SET secret = ? WHERE id = ?", key.secret(),
                key.id()));
    }

    @Override
    public void removeSigningKeys(SigningKey.Purpose purpose, long createdBefore) {
        database.<Integer>run(handle -> handle.execute("DELETE FROM signing_key WHERE purpose = ? AND created_at < ?",
                purpose.name(), Instant.ofEpochMilli(createdBefore)));
    }

    @Override
    public boolean addServiceToken(ServiceToken token) {
        return database.<Integer>run(handle -> handle.createUpdate("""
                INSERT INTO service_token (id, name, token_hash, scopes, created_by, created_at, expires_at)
                VALUES (:id, :name, :hash, :scopes, :by, :created, :expires) ON CONFLICT (name) DO NOTHING
                """).bind("id", token.id()).bind("name", token.name()).bind("hash", token.token().hex())
                .bindArray("scopes", String.class, token.scopes().stream().map(Scope::name).sorted().toList())
                .bind("by", token.createdBy()).bind("created", Instant.ofEpochMilli(token.createdAt()))
                .bind("expires", Instant.ofEpochMilli(token.expiresAt())).execute()) == 1;
    }

    @Override
    public List<ServiceToken> serviceTokens() {
        return database.<List<ServiceToken>>run(PostgresTokenStore::allServiceTokens);
    }

    static List<ServiceToken> allServiceTokens(Handle handle) {
        return handle.createQuery("SELECT * FROM service_token ORDER BY name")
                .map(PostgresTokenStore::readServiceToken).list();
    }

    @Override
    public boolean removeServiceToken(String id) {
        return database.<Integer>run(handle -> handle.execute("DELETE FROM service_token WHERE id = ?", id)) == 1;
    }

    @Override
    public void used(Map<String, Long> uses) {
        database.<Integer>run(handle -> {
            // in one order, so that two instances never wait for each other in a circle
            new TreeMap<>(uses).forEach((id, at) -> handle.execute("""
                    INSERT INTO service_token_use (token, used_at)
                    SELECT id, CAST(? AS timestamptz) FROM service_token WHERE id = ?
                    ON CONFLICT (token)
                    DO UPDATE SET used_at = greatest(service_token_use.used_at, excluded.used_at)
                    """, Instant.ofEpochMilli(at), id));
            return uses.size();
        });
    }

    @Override
    public Map<String, Long> lastUses() {
        return database.<Map<String, Long>>run(
                handle -> times(handle, "SELECT token, used_at FROM service_token_use"));
    }

    private static RefreshFamily readFamily(ResultSet row, StatementContext context) throws SQLException {
        return new RefreshFamily(row.getObject("id", UUID.class), row.getString("account"), row.getInt("generation"),
                new TokenHash(row.getString("token_hash")), row.getBoolean("password_may_be_due"),
                new Device(hash(row.getString("device_hash")), row.getString("device_name"), row.getString("address")),
                row.getTimestamp("started_at").getTime(), row.getTimestamp("renewed_at").getTime());
    }

    private static @Nullable TokenHash hash(@Nullable String hex) {
        return hex == null ? null : new TokenHash(hex);
    }

    private static ServiceToken readServiceToken(ResultSet row, StatementContext context) throws SQLException {
        Set<Scope> scopes = Arrays.stream((String[]) row.getArray("scopes").getArray()).map(Scope::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        return new ServiceToken(row.getString("id"), row.getString("name"), new TokenHash(row.getString("token_hash")),
                scopes, row.getString("created_by"), row.getTimestamp("created_at").getTime(),
                row.getTimestamp("expires_at").getTime());
    }
}
