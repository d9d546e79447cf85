package io.watchfloor.server.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.sample.Table;
import io.watchfloor.sample.Table.Cell;
import io.watchfloor.server.host.Machine.RunningProcess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class HostTablesTest {

    @Test
    void tables_SAM14_showsTheBusiestProcessesFirstAndNoMoreThanFifty() {
        FakeMachine machine = new FakeMachine();
        TableTaker taker = new TableTaker(machine);
        machine.processes = IntStream.range(0, 80).mapToObj(i -> process(i, 0, 100 - i)).toList();
        assertThat(taker.take(HostTable.PROCESSES, 1)).isNull();
        machine.processes = IntStream.range(0, 80).mapToObj(i -> process(i, i == 70 ? 5_000 : 0, 100 - i)).toList();
        Table table = awaitTable(taker);

        assertThat(table.columns()).extracting(Table.Column::name).containsExactly("Name", "PID", "CPU", "Memory",
                "User");
        assertThat(table.rows()).hasSize(TableTaker.ROWS);
        assertThat(table.rows().getFirst().cells().subList(0, 2)).containsExactly(Cell.of("p70"), Cell.of(70));
        assertThat(table.rows().get(1).cells()).containsExactly(Cell.of("p0"), Cell.of(0), Cell.of(0.0), Cell.of(100),
                Cell.of("u0"));
    }

    @Test
    void tables_SAM14_countsAProcessThatTookOverAnIdAsNew() {
        FakeMachine machine = new FakeMachine();
        TableTaker taker = new TableTaker(machine);
        machine.processes = List.of(new RunningProcess(1, "old", 10, 1_000_000, 1, () -> "u"));
        taker.take(HostTable.PROCESSES, 1);
        machine.processes = List.of(new RunningProcess(1, "new", 20, 0, 1, () -> "u"));
        assertThat(awaitTable(taker).rows().getFirst().cells().get(2)).isEqualTo(Cell.of(0.0));
    }

    @Test
    void tables_SAM14_leavesCellsEmptyThatCannotBeHad() {
        FakeMachine machine = new FakeMachine();
        TableTaker taker = new TableTaker(machine);
        machine.reading = HostSamplerTest.reading(0, 0, 0);
        assertThat(taker.take(HostTable.INTERFACES, 1)).isNull();
        machine.reading = HostSamplerTest.reading(1_000_000_000, 0, 500);
        Table table = Objects.requireNonNull(taker.take(HostTable.INTERFACES, 2));
        assertThat(table.rows()).extracting(Table.Row::cells).containsExactly(
                List.of(Cell.of("eth0"), Cell.of("up"), Cell.of(500), Cell.of(500)),
                List.of(Cell.of("docker0"), new Cell(null, null), Cell.of(500), Cell.of(500)));
        Table mounts = Objects.requireNonNull(taker.take(HostTable.FILESYSTEMS, 3));
        assertThat(mounts.rows()).extracting(Table.Row::cells).containsExactly(
                List.of(Cell.of("/"), Cell.of("ext4"), Cell.of(40), Cell.of(6), Cell.of(10)));
    }

    @Test
    void tables_SAM14_areTakenWhileSomebodyAsks() {
        List<HostTable> taken = new CopyOnWriteArrayList<>();
        try (HostTables tables = HostTables.ofThisMachine(InstantSource.system(), _ -> false)) {
            tables.onTaken((which, _) -> taken.add(which));
            assertThat(tables.latest(HostTable.PROCESSES)).isNull();
            await().atMost(Duration.ofSeconds(50)).until(() -> tables.latest(HostTable.PROCESSES) != null);
            // listeners are told once it is there
            await().atMost(Duration.ofSeconds(50)).until(() -> !taken.isEmpty());
            assertThat(taken).containsOnly(HostTable.PROCESSES);
            await().atMost(Duration.ofSeconds(50)).until(() -> tables.latest(HostTable.FILESYSTEMS) != null);
        }
    }

    @Test
    void tables_SAM14_areTakenWhileARoomShowsThem() throws InterruptedException {
        FakeMachine machine = new FakeMachine();
        machine.reading = HostSamplerTest.reading(0, 0, 0);
        List<HostTable> taken = new CopyOnWriteArrayList<>();
        try (HostTables tables = new HostTables(() -> machine, InstantSource.system(),
                table -> table == HostTable.FILESYSTEMS)) {
            tables.onTaken((which, _) -> taken.add(which));
            await().atMost(Duration.ofSeconds(50)).until(() -> !taken.isEmpty());
            assertThat(taken).containsOnly(HostTable.FILESYSTEMS);
            assertThat(tables.await(HostTable.PROCESSES, Duration.ofSeconds(50))).isNotNull();
            assertThat(tables.await(HostTable.INTERFACES, Duration.ofMillis(1))).isNull();
        }
    }

    @Test
    void tables_SAM14_knowsItsTablesByName() {
        assertThat(HostTable.of("processes")).contains(HostTable.PROCESSES);
        assertThat(HostTable.of("secrets")).isEmpty();
    }

    /// Two lists that are too close give no shares.
    private static Table awaitTable(TableTaker taker) {
        return Objects.requireNonNull(
                await().atMost(Duration.ofSeconds(50)).until(() -> taker.take(HostTable.PROCESSES, 2),
                        table -> table != null));
    }

    private static RunningProcess process(int id, long cpu, long memory) {
        return new RunningProcess(id, "p" + id, 5, cpu, memory, () -> "u" + id);
    }
}
