package io.watchfloor.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.protocol.rest.AuditOutcome;
import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.StoreException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A role that owns the tables, and one that serves. All other tests on a [TestDatabase] come with the one that serves.
@Timeout(120)
class DatabaseRolesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final AuditStore.Seal SEAL = new AuditStore.Seal() {

        @Override
        public String key() {
            return "key";
        }

        @Override
        public String mac(ChainHead before, AuditEvent event) {
            return "code " + (before.number() + 1);
        }
    };

    private static void append(Database database, String writer) {
        new PostgresAuditStore(database).append(writer, new AuditEvent(1, "ann", "here", AuditAction.SIGN_IN, "ann",
                AuditOutcome.DONE, "", 1), SEAL);
    }

    @Test
    void servingRole_AUD2_addsToTheAuditLog_andDoesNothingElseToIt_norToAnyTable() {
        Database database = DATABASE.database();
        append(database, "one");
        append(database, "one");
        for (String refused : new String[]{"UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event",
                "TRUNCATE audit_event", "ALTER TABLE audit_event DISABLE TRIGGER ALL", "DROP TABLE audit_event",
                "UPDATE audit_chain SET number = 0", "DELETE FROM audit_chain", "TRUNCATE audit_chain",
                "INSERT INTO audit_chain VALUES ('two', 1, 'x')", "DROP TRIGGER chain ON audit_event",
                "CREATE OR REPLACE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE sql AS 'SELECT NULL'",
                "CREATE TABLE mine (n int)", "DROP TABLE account", "ALTER TABLE account ADD COLUMN mine int",
                "DELETE FROM flyway_schema_history", "SET ROLE watchfloor"}) {
            assertThatThrownBy(() -> database.<Integer>run(handle -> handle.execute(refused))).as(refused)
                    .isInstanceOf(StoreException.class).hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
        assertThatThrownBy(() -> database.<Integer>run(handle -> handle.execute("""
                INSERT INTO audit_event (writer, number, at, action, outcome, detail, times, key_id, mac)
                VALUES ('one', 7, now(), 'SIGN_IN', 'DONE', '', 1, 'key', 'x')
                """))).isInstanceOf(StoreException.class).hasMessageContaining("does not go on with number 7");
        assertThat(new PostgresAuditStore(database).mayBeChanged()).isFalse();
        assertThat(new PostgresAuditStore(database).heads()).contains(new ChainHead("one", 2, "code 2"));
    }

    @Test
    void oneRoleForEverything_AUD2_isFoundOut() {
        try (Database database = Database.open(TestDatabase.settings(DATABASE.owner()))) {
            assertThat(new PostgresAuditStore(database).mayBeChanged()).isTrue();
        }
    }

    @Test
    void ownerWhoIsNoSuperuser_AUD2_bringsTheTables_andTheOtherKeepsThem() {
        String mark = UUID.randomUUID().toString().replace("-", "");
        TestDatabase.administer("CREATE ROLE owner_" + mark + " LOGIN PASSWORD 'secret'",
                "CREATE ROLE \"serving " + mark + "\" LOGIN PASSWORD 'secret'",
                "CREATE DATABASE db_" + mark + " OWNER owner_" + mark);
        String url = TestDatabase.server().url().replaceFirst("/[^/]*$", "/db_" + mark);
        DatabaseAddress owner = new DatabaseAddress(url, "owner_" + mark, "secret");
        DatabaseAddress serving = new DatabaseAddress(url, "serving " + mark, "secret");
        assertThatThrownBy(() -> Database.open(TestDatabase.settings(serving))).isInstanceOf(StoreException.class)
                .hasMessageContaining("may not create tables");
        assertThatThrownBy(() -> Database.open(new DatabaseSettings(new DatabaseAddress(url, "nobody", "secret"), owner,
                2, true))).isInstanceOf(StoreException.class).hasMessageContaining("has no role \"nobody\"");
        assertThatThrownBy(() -> Database.open(new DatabaseSettings(new DatabaseAddress(url, null, null), owner, 2,
                true))).isInstanceOf(StoreException.class).hasMessageContaining("WATCHFLOOR_DATABASE_USER");
        for (int start = 0; start < 2; start++) {
            try (Database database = Database.open(new DatabaseSettings(serving, owner, 2, true))) {
                keepsPartitions(database);
                assertThat(new PostgresAuditStore(database).mayBeChanged()).isFalse();
            }
        }
        try (Database alone = Database.open(TestDatabase.settings(serving))) {
            append(alone, "alone");
        }
        TestDatabase.execute(owner,
                "DELETE FROM flyway_schema_history WHERE installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)");
        assertThatThrownBy(() -> Database.open(TestDatabase.settings(serving))).isInstanceOf(StoreException.class)
                .hasMessageContaining("older than this server").hasMessageContaining("WATCHFLOOR_DATABASE_OWNER_USER");
    }

    private static void keepsPartitions(Database database) {
        database.<Boolean>run(handle -> {
            EntryPartitions.make(handle);
            return true;
        });
        SamplePartitions samples = new SamplePartitions(database);
        Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
        samples.ensureAhead(longAgo);
        assertThat(samples.drop(Instant.parse("2020-02-01T00:00:00Z"), Duration.ofDays(1))).isEqualTo(3);
        samples.ensure(Set.of(SamplePartitions.dayOf(longAgo.toEpochMilli())));
        assertThat(samples.drop(Instant.parse("2020-02-01T00:00:00Z"), Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void tablesOfAnEarlierBuild_AUD2_madeByOneRole_areServedByTwo(@TempDir Path earlier) throws Exception {
        // one that had brought the wall screens, and neither the appends before them nor the two roles
        for (String kept : new String[]{"V1__dashboards", "V2__accounts", "V3__metrics", "V3_1__digests_in_the_log",
                "V4__history", "V5__accounts", "V5_1__second_factor_and_audit", "V7__kiosks"}) {
            try (InputStream script = Objects
                    .requireNonNull(Migrations.class.getResourceAsStream("/db/migration/" + kept + ".sql"))) {
                Files.copy(script, earlier.resolve(kept + ".sql"));
            }
        }
        DatabaseAddress owner = TestDatabase.empty();
        Flyway.configure().dataSource(owner.url(), owner.user(), owner.password())
                .locations("filesystem:" + earlier).load().migrate();
        TestDatabase.execute(owner, """
                INSERT INTO audit_event (writer, number, at, action, outcome, detail, times, key_id, mac)
                VALUES ('old', 1, now(), 'SIGN_IN', 'DONE', '', 1, 'key', 'code 1')
                """, "INSERT INTO audit_chain VALUES ('old', 1, 'code 1')",
                "INSERT INTO account (name, role, must_change_password, created_at)"
                        + " VALUES ('ann', 'EDITOR', false, now())",
                "CREATE ROLE late_serving LOGIN PASSWORD 'secret'");
        DatabaseAddress serving = new DatabaseAddress(owner.url(), "late_serving", "secret");
        try (Database database = Database.open(new DatabaseSettings(serving, owner, 2, true))) {
            append(database, "old");
            PostgresAuditStore audit = new PostgresAuditStore(database);
            assertThat(audit.heads()).containsExactly(new ChainHead("old", 2, "code 2"));
            assertThat(audit.mayBeChanged()).isFalse();
            assertThat(new PostgresAccountStore(database).accounts()).hasSize(1);
            keepsPartitions(database);
        }
    }

    @Test
    void embeddedDatabase_AUD2_hasTwoRoles_alsoAfterARestart(@TempDir Path folder) {
        for (int start = 0; start < 2; start++) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder);
                    Database database = Database.open(DatabaseSettings.durable(postgres.serving(),
                            postgres.address()))) {
                append(database, "embedded");
                assertThat(new PostgresAuditStore(database).mayBeChanged()).isFalse();
                assertThat(EmbeddedPostgres.serving(folder, postgres.address())).isEqualTo(database.address());
            }
        }
    }
}
