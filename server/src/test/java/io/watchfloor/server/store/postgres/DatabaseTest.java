package io.watchfloor.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.server.store.StoreException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DatabaseTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Test
    void call_LOG20_runsOnAVirtualThreadAndCommits() {
        Database database = DATABASE.database();
        boolean virtual = database.call(handle -> {
            handle.execute("INSERT INTO milestones (name) VALUES ('kept')");
            return Thread.currentThread().isVirtual();
        }).toCompletableFuture().join();

        assertThat(virtual).isTrue();
        assertThat(isThere(database, "kept")).isTrue();
    }

    @Test
    void call_LOG20_rollsBackWhatFails() {
        Database database = DATABASE.database();
        var failed = database.call(handle -> {
            handle.execute("INSERT INTO milestones (name) VALUES ('lost')");
            handle.execute("SELECT 1 / 0");
            return true;
        }).toCompletableFuture();

        assertThatThrownBy(failed::join).isInstanceOf(CompletionException.class).cause()
                .isInstanceOf(StoreException.class).hasMessageContaining("division by zero");
        assertThat(isThere(database, "lost")).isFalse();
        assertThat(database.connectionsInUse()).isZero();
    }

    private static boolean isThere(Database database, String milestone) {
        return database.<Boolean>run(handle -> handle
                .createQuery("SELECT EXISTS (SELECT 1 FROM milestones WHERE name = :name)").bind("name", milestone)
                .mapTo(Boolean.class).one());
    }

    @Test
    void open_LOG21_refusesADatabaseThatMayLoseConfirmedEdits() {
        DatabaseSettings settings = DatabaseSettings.durable(DATABASE.address());

        assertThatThrownBy(() -> Database.open(settings)).isInstanceOf(StoreException.class)
                .hasMessageContaining("fsync and full_page_writes and synchronous_commit")
                .hasMessageContaining("--allow-unsafe-database");
    }

    @Test
    void open_LOG22_saysThatNobodyListens() throws Exception {
        try (Socket holder = new Socket()) {
            holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = holder.getLocalPort();
            refused(new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/watchfloor?password=geheim", "u",
                    "geheim"),
                    "jdbc:postgresql://127.0.0.1:" + port + "/watchfloor cannot be reached");
        }
    }

    @Test
    void open_LOG22_saysThatThePasswordIsWrong() {
        DatabaseAddress address = new DatabaseAddress(DATABASE.address().url(), DATABASE.address().user(), "geheim");
        refused(address, "refused the password of the user \"" + address.user() + "\"");
    }

    @Test
    void open_LOG22_saysThatThereIsNoSuchDatabase() {
        DatabaseAddress server = TestDatabase.server();
        refused(new DatabaseAddress(server.url().replace("/postgres", "/nowhere"), server.user(), server.password()),
                "There is no such database: ");
    }

    @Test
    void open_LOG22_saysThatTheUserMayNotMakeTables() {
        TestDatabase.administer("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        refused(new DatabaseAddress(TestDatabase.empty().url(), "guest", "guest"),
                "The database user \"guest\" may not create tables");
    }

    @Test
    void open_LOG22_leavesADatabaseOfSomethingElseAlone() {
        DatabaseAddress other = TestDatabase.empty();
        TestDatabase.execute(other, "CREATE TABLE invoices (n int)");
        refused(other, "holds tables of something else in its schema \"public\"");
    }

    @Test
    void open_LOG22_saysWhatAUrlLooksLike() {
        refused(new DatabaseAddress("mysql://localhost/x?password=geheim", "u", "geheim"), "jdbc:postgresql://");
    }

    @Test
    void open_LOG23_letsInstancesThatStartAtOnceTakeTurns() {
        DatabaseSettings settings = TestDatabase.settings(TestDatabase.empty());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Database>> instances = List.of(
                    CompletableFuture.supplyAsync(() -> Database.open(settings), threads),
                    CompletableFuture.supplyAsync(() -> Database.open(settings), threads),
                    CompletableFuture.supplyAsync(() -> Database.open(settings), threads));
            instances.forEach(instance -> instance.join().close());
        }
    }

    private static void refused(DatabaseAddress address, String sentence) {
        assertThatThrownBy(() -> Database.open(TestDatabase.settings(address))).isInstanceOf(StoreException.class)
                .hasMessageContaining(sentence).hasMessageNotContaining("geheim");
    }
}
