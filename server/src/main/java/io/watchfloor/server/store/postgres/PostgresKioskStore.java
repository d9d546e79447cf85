package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.Kiosk;
import io.watchfloor.server.store.KioskStore;
import io.watchfloor.server.store.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Wall screens in PostgreSQL. Thread-safe.
public final class PostgresKioskStore implements KioskStore {

    private static final String SELECT = """
            SELECT k.*, ARRAY(SELECT d.dashboard FROM kiosk_dashboard d WHERE d.kiosk = k.name ORDER BY d.place)
                AS dashboards
            FROM kiosk k
            """;

    private final Database database;

    public PostgresKioskStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Kiosk> kiosks() {
        return database.<List<Kiosk>>run(PostgresKioskStore::all);
    }

    static List<Kiosk> all(Handle handle) {
        return handle.createQuery(SELECT + "ORDER BY k.name").map(PostgresKioskStore::read).list();
    }

    @Override
    public @Nullable Kiosk kiosk(String name) {
        return database.<Optional<Kiosk>>run(handle -> find(handle, name)).orElse(null);
    }

    private static Optional<Kiosk> find(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE k.name = :name").bind("name", name).map(PostgresKioskStore::read)
                .findOne();
    }

    @Override
    public boolean add(Kiosk kiosk, TokenHash code, long expiresAt) {
        return database.<Boolean>run(handle -> {
            boolean added = handle.createUpdate("""
                    INSERT INTO kiosk (name, sign_in, generation, code_hash, code_expires_at, made_by, made_at)
                    VALUES (:name, :signIn, :generation, :code, :expires, :by, :at) ON CONFLICT DO NOTHING
                    """).bind("name", kiosk.name()).bind("signIn", kiosk.signIn())
                    .bind("generation", kiosk.generation()).bind("code", code.hex())
                    .bind("expires", Instant.ofEpochMilli(expiresAt)).bind("by", kiosk.made().by())
                    .bind("at", Instant.ofEpochMilli(kiosk.made().at())).execute() == 1;
            if (added) {
                show(handle, kiosk.name(), kiosk.dashboards());
            }
            return added;
        });
    }

    @Override
    public boolean renewCode(String name, TokenHash code, long expiresAt) {
        return database.<Integer>run(handle -> handle.execute("""
                UPDATE kiosk
                SET public_key = NULL, generation = generation + 1, code_hash = ?, code_expires_at = ?
                WHERE name = ?
                """, code.hex(), Instant.ofEpochMilli(expiresAt), name)) == 1;
    }

    @Override
    public boolean changeDashboards(String name, List<DashboardId> dashboards) {
        return database.<Boolean>run(handle -> {
            if (find(handle, name).isEmpty()) {
                return false;
            }
            handle.execute("DELETE FROM kiosk_dashboard WHERE kiosk = ?", name);
            show(handle, name, dashboards);
            return true;
        });
    }

    private static void show(Handle handle, String name, List<DashboardId> dashboards) {
        handle.createUpdate("""
                INSERT INTO kiosk_dashboard (kiosk, dashboard, place)
                SELECT :name, d.id, d.place FROM unnest(:ids) WITH ORDINALITY AS d (id, place)
                ON CONFLICT DO NOTHING
                """).bind("name", name)
                .bindArray("ids", UUID.class, dashboards.stream().map(DashboardId::id).toList()).execute();
    }

    @Override
    public @Nullable Kiosk enrol(TokenHash code, String publicKey, long now) {
        return database.<Optional<Kiosk>>run(handle -> handle.createQuery("""
                UPDATE kiosk SET public_key = :key, code_hash = NULL, code_expires_at = NULL
                WHERE code_hash = :code AND code_expires_at > :now RETURNING name
                """).bind("key", publicKey).bind("code", code.hex()).bind("now", Instant.ofEpochMilli(now))
                .mapTo(String.class).findOne().flatMap(name -> find(handle, name))).orElse(null);
    }

    @Override
    public boolean use(String name, int generation, long challenge, Kiosk.Used used) {
        return database.<Integer>run(handle -> handle.execute("""
                UPDATE kiosk SET last_challenge = ?, used_at = ?, used_from = ?
                WHERE name = ? AND generation = ? AND last_challenge < ?
                """, challenge, Instant.ofEpochMilli(used.at()), used.address(), name, generation, challenge)) == 1;
    }

    @Override
    public boolean remove(String name) {
        return database.<Integer>run(handle -> handle.execute("DELETE FROM kiosk WHERE name = ?", name)) == 1;
    }

    private static Kiosk read(ResultSet row, StatementContext context) throws SQLException {
        List<DashboardId> dashboards = Arrays.stream((UUID[]) row.getArray("dashboards").getArray())
                .map(DashboardId::new).toList();
        Timestamp used = row.getTimestamp("used_at");
        return new Kiosk(row.getString("name"), row.getObject("sign_in", UUID.class), row.getInt("generation"),
                row.getString("public_key"), dashboards,
                new Kiosk.Made(row.getString("made_by"), row.getTimestamp("made_at").getTime()),
                used == null ? null : new Kiosk.Used(used.getTime(), row.getString("used_from")));
    }
}
