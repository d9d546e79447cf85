package io.watchfloor.server.store.postgres;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Invitation;
import io.watchfloor.server.store.InvitationStore;
import io.watchfloor.server.store.SecondFactor;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Second factors, invitations and settings in PostgreSQL. Thread-safe.
public final class PostgresFactorStore implements SecondFactorStore, InvitationStore, SettingStore {

    private final Database database;

    public PostgresFactorStore(Database database) {
        this.database = database;
    }

    @Override
    public @Nullable SecondFactor secondFactor(String account) {
        return database.<Optional<SecondFactor>>run(handle -> handle
                .createQuery(
                        """
                                SELECT secret, pending, pending_at, (SELECT count(*) FROM recovery_code WHERE account = :account) AS codes
                                FROM second_factor WHERE account = :account
                                """)
                .bind("account", account)
                .map((row, _) -> new SecondFactor(row.getBytes("secret"), row.getBytes("pending"),
                        row.getTimestamp("pending_at") == null ? 0 : row.getTimestamp("pending_at").getTime(),
                        row.getInt("codes")))
                .findOne()).orElse(null);
    }

    @Override
    public Set<String> withSecondFactor() {
        return database.<Set<String>>run(PostgresFactorStore::accounts);
    }

    static Set<String> accounts(Handle handle) {
        return handle.createQuery("SELECT account FROM second_factor WHERE secret IS NOT NULL").mapTo(String.class)
                .set();
    }

    static Map<String, String> settings(Handle handle) {
        return handle.createQuery("SELECT name, value FROM installation_setting")
                .map((row, _) -> Map.entry(row.getString(1), row.getString(2)))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void keepPending(String account, byte[] sealed, long now) {
        database.<Integer>run(handle -> handle.execute("""
                INSERT INTO second_factor (account, pending, pending_at) VALUES (?, ?, ?)
                ON CONFLICT (account) DO UPDATE SET pending = EXCLUDED.pending, pending_at = EXCLUDED.pending_at
                """, account, sealed, Instant.ofEpochMilli(now)));
    }

    @Override
    public boolean confirm(String account, long step, List<TokenHash> recoveryCodes) {
        return database.<Boolean>run(handle -> {
            boolean waited = handle.execute("""
                    UPDATE second_factor SET secret = pending, pending = NULL, pending_at = NULL, last_step = ?
                    WHERE account = ? AND pending IS NOT NULL
                    """, step, account) == 1;
            if (waited) {
                replace(handle, account, recoveryCodes);
            }
            return waited;
        });
    }

    @Override
    public boolean useStep(String account, long step) {
        return database.<Integer>run(handle -> handle.execute(
                "UPDATE second_factor SET last_step = ? WHERE account = ? AND last_step < ?", step, account,
                step)) == 1;
    }

    @Override
    public boolean useRecoveryCode(String account, TokenHash code) {
        return database.<Integer>run(handle -> handle.execute(
                "DELETE FROM recovery_code WHERE account = ? AND code_hash = ?", account, code.hex())) == 1;
    }

    @Override
    public void replaceRecoveryCodes(String account, List<TokenHash> codes) {
        database.<Integer>run(handle -> replace(handle, account, codes));
    }

    private static int replace(Handle handle, String account, List<TokenHash> codes) {
        handle.execute("DELETE FROM recovery_code WHERE account = ?", account);
        return handle.createUpdate("INSERT INTO recovery_code (account, code_hash) SELECT :account, unnest(:codes)")
                .bind("account", account).bindArray("codes", String.class, codes.stream().map(TokenHash::hex).toList())
                .execute();
    }

    @Override
    public boolean removeSecondFactor(String account) {
        return database.<Integer>run(handle -> {
            handle.execute("DELETE FROM recovery_code WHERE account = ?", account);
            return handle.execute("DELETE FROM second_factor WHERE account = ?", account);
        }) == 1;
    }

    @Override
    public void invite(Invitation invitation) {
        database.<Integer>run(handle -> handle.createUpdate("""
                INSERT INTO invitation (id, code_hash, name, role, groups, invited_by, created_at, expires_at)
                VALUES (:id, :hash, :name, :role, :groups, :by, :created, :expires)
                """).bind("id", invitation.id()).bind("hash", invitation.code().hex())
                .bind("name", invitation.name()).bind("role", invitation.role().name())
                .bindArray("groups", String.class, invitation.groups()).bind("by", invitation.invitedBy())
                .bind("created", Instant.ofEpochMilli(invitation.createdAt()))
                .bind("expires", Instant.ofEpochMilli(invitation.expiresAt())).execute());
    }

    @Override
    public List<Invitation> invitations(long now) {
        return database.<List<Invitation>>run(handle -> handle
                .createQuery("SELECT * FROM invitation WHERE expires_at > :now ORDER BY created_at DESC, id")
                .bind("now", Instant.ofEpochMilli(now)).map(PostgresFactorStore::read).list());
    }

    @Override
    public @Nullable Invitation invitation(TokenHash code, long now) {
        return database.<Optional<Invitation>>run(handle -> handle
                .createQuery("SELECT * FROM invitation WHERE code_hash = :hash AND expires_at > :now")
                .bind("hash", code.hex()).bind("now", Instant.ofEpochMilli(now)).map(PostgresFactorStore::read)
                .findOne()).orElse(null);
    }

    @Override
    public boolean removeInvitation(String id) {
        return database.<Integer>run(handle -> handle.execute("DELETE FROM invitation WHERE id = ?", id)) == 1;
    }

    @Override
    public @Nullable String setting(String name) {
        return database.<Optional<String>>run(handle -> handle
                .createQuery("SELECT value FROM installation_setting WHERE name = :name").bind("name", name)
                .mapTo(String.class).findOne()).orElse(null);
    }

    @Override
    public void set(String name, String value) {
        database.<Integer>run(handle -> handle.execute("""
                INSERT INTO installation_setting (name, value) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value
                """, name, value));
    }

    private static Invitation read(ResultSet row, StatementContext context) throws SQLException {
        return new Invitation(row.getString("id"), new TokenHash(row.getString("code_hash")), row.getString("name"),
                Role.valueOf(row.getString("role")), Arrays.asList((String[]) row.getArray("groups").getArray()),
                row.getString("invited_by"), row.getTimestamp("created_at").getTime(),
                row.getTimestamp("expires_at").getTime());
    }
}
