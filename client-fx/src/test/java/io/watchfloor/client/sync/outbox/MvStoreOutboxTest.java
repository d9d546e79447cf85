package io.watchfloor.client.sync.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.protocol.Right;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvStoreOutboxTest extends OutboxContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Override
    Outbox open() {
        return open(directory, "ann");
    }

    private static Outbox open(Path directory, String account) {
        return MvStoreOutbox.open(directory, "http://wall.example", account, new SplittableRandom(), 1_000);
    }

    @Test
    void accounts_OUT6_haveFilesOfTheirOwn() throws InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
        }
        try (Outbox other = open(directory, "bob")) {
            assertThat(other.held()).isEmpty();
        }
    }

    @Test
    void secondProcess_OUT7_getsAFileOfItsOwnAndAFileWithEditsIsTakenFirst() throws InterruptedException {
        try (Outbox first = open(); Outbox second = open()) {
            assertThat(second.problem()).isNull();
            assertThat(second.held()).isEmpty();
            assertThat(second.replica()).isNotEqualTo(first.replica());
            writeAndWait(second, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
        }
        try (Outbox later = open()) {
            assertThat(later.held()).containsOnlyKeys(DASHBOARD);
        }
    }

    @Test
    void damagedFile_OUT8_isSetAsideWithASentence() throws IOException, InterruptedException {
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
        }
        Path file = files(".mv").getFirst();
        byte[] rubbish = new byte[20_000];
        new SplittableRandom(1).nextBytes(rubbish);
        Files.write(file, rubbish);
        try (Outbox outbox = open()) {
            assertThat(outbox.held()).isEmpty();
            assertThat(outbox.problem()).contains("set aside as " + file + ".damaged-1000");
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
        }
        assertThat(files(".damaged-1000")).hasSize(1);
        assertThat(Files.readAllBytes(files(".damaged-1000").getFirst())).isEqualTo(rubbish);
    }

    private List<Path> files(String ending) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void file_OUT11_isMadeSmallAgainWhenItIsClosed() throws InterruptedException, IOException {
        try (Outbox outbox = open()) {
            for (long key = 1; key <= 300; key++) {
                writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(key, key, "x")), List.of()));
                outbox.writeBehind(new OutboxChange(DASHBOARD, REPLICA, List.of(), List.of(key)));
            }
            assertThat(Files.size(files(".mv").getFirst())).isLessThan(16 << 20);
        }
        assertThat(Files.size(files(".mv").getFirst())).isLessThan(1 << 20);
    }

    @Test
    void writing_OUT12_thatEndsIsToldAndAnswersWhoWaits() {
        try (Outbox outbox = open()) {
            outbox.write(new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "half a pair: \uD83D")), List.of()),
                    () -> {});
            assertThat(outbox.copy(DASHBOARD)).succeedsWithin(Duration.ofSeconds(20))
                    .satisfies(kept -> assertThat(kept).isEmpty());
            await().atMost(Duration.ofSeconds(50))
                    .untilAsserted(() -> assertThat(outbox.problem()).contains("cannot be written"));
        }
    }

    @Test
    void copies_OFF3_areBoundedAndThoseWithEditsStay() {
        List<DashboardId> dashboards = new ArrayList<>();
        try (Outbox outbox = open()) {
            for (int i = 0; i < 80; i++) {
                DashboardId dashboard = new DashboardId(new UUID(70, i));
                dashboards.add(dashboard);
                KeptCopy copy = new KeptCopy(EPOCH, Right.EDIT, i, Snapshot.EMPTY, List.of());
                List<OutboxPush> pushes = i == 3 ? List.of(push(1, 0, "a")) : List.of();
                outbox.writeBehind(new OutboxChange(dashboard, REPLICA, pushes, List.of(),
                        List.of(), List.of(new CopyChange.Whole(copy))));
            }
        }
        try (Outbox again = open()) {
            List<DashboardId> kept = dashboards.stream().filter(id -> find(again, id).isPresent()).toList();
            assertThat(kept).hasSize(64).contains(dashboards.get(3), dashboards.get(79))
                    .doesNotContain(dashboards.get(0));
        }
    }

    @Test
    void copies_OFF3_aDamagedOneCostsNothingButItself() throws InterruptedException {
        DashboardId other = new DashboardId(new UUID(5, 5));
        try (Outbox outbox = open()) {
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of(),
                    List.of(), List.of(new CopyChange.Whole(copy(1)))));
            writeAndWait(outbox, change(other, new CopyChange.Whole(copy(2))));
        }
        Path file = files(".mv").getFirst();
        try (MVStore store = new MVStore.Builder().fileName(file.toString()).open()) {
            store.openMap("snapshots", OutboxFile.bytesByText()).put(DASHBOARD.toString(), new byte[]{1, 2, 3});
        }
        try (Outbox again = open()) {
            assertThat(again.problem()).isNull();
            assertThat(again.held()).containsOnlyKeys(DASHBOARD);
            assertThat(find(again, DASHBOARD)).isEmpty();
            assertThat(find(again, other)).contains(copy(2));
        }
    }

    @Test
    void erase_OFF4_leavesNoFileWhereNothingIsHeldAlsoNotThoseOfOtherWindows() throws InterruptedException {
        try (Outbox first = open(); Outbox second = open()) {
            writeAndWait(first, change(new CopyChange.Whole(copy(1))));
            writeAndWait(second, change(new CopyChange.Whole(copy(1))));
        }
        assertThat(files(".mv")).hasSize(2);
        try (Outbox outbox = open()) {
            outbox.erase();
        }
        assertThat(files(".mv")).isEmpty();
    }

    @Test
    void discard_OFF4_deletesTheFilesOfWindowsThatHaveEndedToo_andThoseThatWereSetAside()
            throws InterruptedException, IOException {
        try (Outbox first = open(); Outbox second = open(); Outbox other = open(directory, "bea")) {
            writeAndWait(first, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
            writeAndWait(second, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "b"), push(2, 2, "c")),
                    List.of()));
            writeAndWait(other, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "d")), List.of()));
        }
        Path damaged = files(".mv").stream().filter(file -> file.toString().contains("-1.mv")).findFirst()
                .orElseThrow();
        Files.copy(damaged, damaged.resolveSibling(damaged.getFileName() + OutboxSlot.ASIDE + "7"));
        try (Outbox outbox = open()) {
            assertThat(outbox.discard()).isEqualTo(new Outbox.Discarded(3, List.of()));
        }
        assertThat(files(".mv")).as("the other account's").hasSize(1);
        assertThat(files(OutboxSlot.ASIDE + "7")).isEmpty();
        try (Outbox other = open(directory, "bea")) {
            assertThat(other.unsent()).isEqualTo(1);
        }
    }

    @Test
    void discard_OFF4_leavesTheFileOfAWindowThatIsOpen() throws InterruptedException {
        try (Outbox first = open(); Outbox second = open()) {
            writeAndWait(second, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "b")), List.of()));
            assertThat(first.discard().unsent()).isZero();
            assertThat(second.unsent()).isEqualTo(1);
            assertThat(second.discard().unsent()).isEqualTo(1);
        }
        assertThat(files(".mv")).isEmpty();
    }

    @Test
    void noDirectory_OUT9_worksInMemoryAndSaysSo() throws IOException, InterruptedException {
        Path occupied = Files.writeString(directory.resolve("file"), "");
        try (Outbox outbox = open(occupied, "ann")) {
            assertThat(outbox.problem()).contains("cannot be kept");
            writeAndWait(outbox, new OutboxChange(DASHBOARD, REPLICA, List.of(push(1, 1, "a")), List.of()));
        }
    }

    @Test
    void killedProcess_OUT10_whatWasDurableIsThere() throws IOException, InterruptedException {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Writer.class.getName(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        long told = 0;
        try (BufferedReader output = new BufferedReader(
                new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            while (told < 50) {
                String line = output.readLine();
                assertThat(line).isNotNull();
                told = Long.parseLong(line);
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        try (Outbox outbox = open()) {
            Held held = Objects.requireNonNull(outbox.held().get(DASHBOARD));
            List<Long> keys = held.pushes().stream().map(OutboxPush::key).toList();
            assertThat(keys.size()).isGreaterThanOrEqualTo((int) told);
            assertThat(keys).isSorted().startsWith(1L);
            assertThat(held.replica().lastSeq()).isEqualTo(keys.getLast());
            // the copy is of the same moment as the pushes
            assertThat(find(outbox, DASHBOARD))
                    .hasValueSatisfying(copy -> assertThat(copy.snapshot().revision()).isEqualTo(keys.getLast()));
        }
    }

    /// Writes pushes without end and tells each one that is durable, until it is killed.
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) {
            Outbox outbox = open(Path.of(args[0]), "ann");
            Semaphore ahead = new Semaphore(7);
            for (long key = 1; key < 1_000_000; key++) {
                long written = key;
                ahead.acquireUninterruptibly();
                CopyChange copy = key == 1 ? new CopyChange.Whole(copy(1)) : new CopyChange.Next(entry(key));
                outbox.write(new OutboxChange(DASHBOARD, REPLICA.withLastSeq(key), List.of(push(key, key, "x")),
                        List.of(), List.of(), List.of(copy)), () -> {
                            System.out.println(written);
                            ahead.release();
                        });
            }
        }
    }
}
