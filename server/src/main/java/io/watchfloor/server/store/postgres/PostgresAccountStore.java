package io.watchfloor.server.store.postgres;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.store.Account;
import io.watchfloor.server.store.AccountChange;
import io.watchfloor.server.store.AccountStore;
import io.watchfloor.server.store.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Accounts in PostgreSQL. Thread-safe.
public final class PostgresAccountStore implements AccountStore {

    private final Database database;

    public PostgresAccountStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Account> accounts() {
        return database.<List<Account>>run(PostgresAccountStore::all);
    }

    static List<Account> all(Handle handle) {
        return handle.createQuery("SELECT * FROM account ORDER BY name").map(PostgresAccountStore::read).list();
    }

    @Override
    public @Nullable Account account(String name) {
        return database.<Optional<Account>>run(handle -> handle
                .createQuery("SELECT * FROM account WHERE lower(name) = lower(:name)").bind("name", name)
                .map(PostgresAccountStore::read).findOne()).orElse(null);
    }

    @Override
    public boolean add(Account account) {
        return database.<Integer>run(handle -> handle.createUpdate("""
                INSERT INTO account (name, role, password, must_change_password, disabled, generation, created_at)
                VALUES (:name, :role, :password, :must, :disabled, :generation, :created) ON CONFLICT DO NOTHING
                """).bind("name", account.name()).bind("role", account.role().name())
                .bind("password", account.password()).bind("must", account.mustChangePassword())
                .bind("disabled", account.disabled()).bind("generation", account.generation())
                .bind("created", Instant.ofEpochMilli(account.createdAt())).execute()) == 1;
    }

    @Override
    public @Nullable Account changePassword(String name, String password) {
        return database.<Optional<Account>>run(handle -> {
            Optional<Account> changed = handle.createQuery("""
                    UPDATE account
                    SET password = :password, must_change_password = false, generation = generation + 1
                    WHERE name = :name RETURNING *
                    """).bind("name", name).bind("password", password).map(PostgresAccountStore::read).findOne();
            handle.execute("DELETE FROM refresh_family WHERE account = ?", name);
            return changed;
        }).orElse(null);
    }

    @Override
    public boolean resetPassword(String name, String password) {
        return database.<Integer>run(handle -> {
            handle.execute("DELETE FROM refresh_family WHERE account = ?", name);
            return handle.execute("""
                    UPDATE account SET password = ?, must_change_password = true, generation = generation + 1
                    WHERE name = ?
                    """, password, name);
        }) == 1;
    }

    @Override
    public void rehash(String name, String old, String fresh) {
        database.<Integer>run(
                handle -> handle.execute("UPDATE account SET password = ? WHERE name = ? AND password = ?",
                        fresh, name, old));
    }

    @Override
    public AccountChange changeRole(String name, Role role) {
        return database.run(handle -> {
            if (role != Role.ADMIN && isLastAdministrator(handle, name)) {
                return AccountChange.LAST_ADMINISTRATOR;
            }
            return outcome(handle.execute("UPDATE account SET role = ? WHERE name = ?", role.name(), name));
        });
    }

    @Override
    public AccountChange changeDisabled(String name, boolean disabled) {
        return database.run(handle -> {
            if (disabled && isLastAdministrator(handle, name)) {
                return AccountChange.LAST_ADMINISTRATOR;
            }
            if (!disabled) {
                handle.execute("DELETE FROM refresh_family WHERE account = ?", name);
            }
            return outcome(handle.execute("UPDATE account SET disabled = ? WHERE name = ?", disabled, name));
        });
    }

    private static AccountChange outcome(int changed) {
        return changed == 1 ? AccountChange.DONE : AccountChange.UNKNOWN;
    }

    /// The administrators' rows are locked, in one order, until the transaction ends: of two who would remove each other
    /// one comes too late. One without a password counts for nobody else: he cannot sign in by himself.
    private static boolean isLastAdministrator(Handle handle, String name) {
        List<Account> administrators = handle.createQuery("""
                SELECT * FROM account WHERE role = 'ADMIN' AND NOT disabled ORDER BY name FOR UPDATE
                """).map(PostgresAccountStore::read).list();
        return administrators.stream().anyMatch(each -> each.name().equals(name))
                && administrators.stream().noneMatch(each -> !each.name().equals(name) && each.password() != null);
    }

    @Override
    public void addCode(TokenHash code, String account, long expiresAt) {
        database.<Integer>run(handle -> handle.execute(
                "INSERT INTO sign_in_code (code_hash, account, expires_at) VALUES (?, ?, ?)", code.hex(), account,
                Instant.ofEpochMilli(expiresAt)));
    }

    @Override
    public @Nullable String takeCode(TokenHash code, long now) {
        return database.<Optional<String>>run(handle -> {
            handle.execute("DELETE FROM sign_in_code WHERE expires_at <= ?", Instant.ofEpochMilli(now));
            return handle.createQuery("DELETE FROM sign_in_code WHERE code_hash = :hash RETURNING account")
                    .bind("hash", code.hex()).mapTo(String.class).findOne();
        }).orElse(null);
    }

    private static Account read(ResultSet row, StatementContext context) throws SQLException {
        return new Account(row.getString("name"), Role.valueOf(row.getString("role")), row.getString("password"),
                row.getBoolean("must_change_password"), row.getBoolean("disabled"), row.getInt("generation"),
                row.getTimestamp("created_at").getTime());
    }
}
