package io.watchfloor.server.store.postgres;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.Grantee;
import io.watchfloor.server.store.RightsRecord;
import io.watchfloor.server.store.RightsStore;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Rights in PostgreSQL. Thread-safe.
public final class PostgresRightsStore implements RightsStore {

    private final Database database;

    public PostgresRightsStore(Database database) {
        this.database = database;
    }

    @Override
    public long revision() {
        return database.<Long>run(PostgresRightsStore::revision);
    }

    /// The counter is read first: what is committed while the rest is read makes the record newer than it says, never
    /// older.
    @Override
    public RightsRecord load() {
        return database.<RightsRecord>run(handle -> {
            long revision = revision(handle);
            return new RightsRecord(revision, PostgresAccountStore.all(handle), dashboards(handle), grants(handle),
                    PostgresGroupStore.all(handle), PostgresTokenStore.allServiceTokens(handle),
                    PostgresKioskStore.all(handle), PostgresTokenStore.ended(handle),
                    PostgresFactorStore.accounts(handle), PostgresFactorStore.settings(handle));
        });
    }

    @Override
    public boolean grant(DashboardId dashboard, Grantee grantee, Right right) {
        return database.<Integer>run(handle -> handle.createUpdate("""
                INSERT INTO dashboard_grant (dashboard, account, group_name, granted)
                SELECT d.id, :account, :group, :granted FROM dashboard d WHERE d.id = :dashboard
                    AND (CAST(:account AS text) IS NULL OR EXISTS (SELECT 1 FROM account WHERE name = :account))
                    AND (CAST(:group AS text) IS NULL OR EXISTS (SELECT 1 FROM people_group WHERE name = :group))
                ON CONFLICT (dashboard, account, group_name) DO UPDATE SET granted = EXCLUDED.granted
                """).bind("dashboard", dashboard.id())
                .bind("account", grantee instanceof Grantee.Person person ? person.name() : null)
                .bind("group", grantee instanceof Grantee.Members members ? members.group() : null)
                .bind("granted", right.name()).execute()) == 1;
    }

    private static long revision(Handle handle) {
        return handle.createQuery("SELECT revision FROM rights_revision").mapTo(Long.class).one();
    }

    private static List<RightsRecord.Owned> dashboards(Handle handle) {
        return handle.createQuery("SELECT id, owner FROM dashboard")
                .map((row, _) -> new RightsRecord.Owned(new DashboardId(row.getObject("id", UUID.class)),
                        row.getString("owner")))
                .list();
    }

    private static List<RightsRecord.Grant> grants(Handle handle) {
        return handle.createQuery("SELECT dashboard, account, group_name, granted FROM dashboard_grant")
                .map((row, _) -> new RightsRecord.Grant(new DashboardId(row.getObject("dashboard", UUID.class)),
                        grantee(row.getString("account"), row.getString("group_name")),
                        Right.valueOf(row.getString("granted"))))
                .list();
    }

    private static Grantee grantee(@Nullable String account, @Nullable String group) {
        if (account != null) {
            return new Grantee.Person(account);
        }
        return group == null ? new Grantee.Everyone() : new Grantee.Members(group);
    }
}
