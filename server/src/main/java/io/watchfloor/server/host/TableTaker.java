package io.watchfloor.server.host;

import io.watchfloor.sample.Table;
import io.watchfloor.sample.Table.Cell;
import io.watchfloor.sample.Table.Column;
import io.watchfloor.sample.Table.Kind;
import io.watchfloor.sample.Table.Row;
import io.watchfloor.server.host.Machine.RunningProcess;
import io.watchfloor.server.host.Reading.Interface;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Makes tables of the machine's lists; remembers the last ones for what is told per second. Confined to one thread.
final class TableTaker {

    /// Most rows of a table.
    static final int ROWS = 50;
    /// Lists that are further apart are not compared.
    private static final double LONGEST_SECONDS = 60;
    private static final double SHORTEST_SECONDS = 0.1;

    private record Busy(RunningProcess process, double cpu) {}

    private final Machine machine;
    private @Nullable Map<Integer, RunningProcess> processes;
    private long processesAt;
    private @Nullable Reading network;

    TableTaker(Machine machine) {
        this.machine = machine;
    }

    /// @param now time of the table, milliseconds since 1970 UTC
    /// @return null where a second list has to be waited for
    @Nullable
    Table take(HostTable which, long now) {
        return switch (which) {
            case PROCESSES -> processes(now);
            case INTERFACES -> interfaces(now);
            case FILESYSTEMS -> filesystems(now);
        };
    }

    /// Those that were busiest since the last list; among equals those with most memory. 100 % is one core.
    private @Nullable Table processes(long now) {
        Map<Integer, RunningProcess> last = processes;
        // Both times are taken before listing, which itself takes long on a busy machine.
        long began = System.nanoTime();
        double seconds = (began - processesAt) / 1e9;
        if (last != null && seconds < SHORTEST_SECONDS) {
            return null;
        }
        List<RunningProcess> list = machine.processes();
        Map<Integer, RunningProcess> current = new HashMap<>();
        list.forEach(process -> current.put(process.id(), process));
        processes = current;
        processesAt = began;
        if (last == null || seconds > LONGEST_SECONDS) {
            return null;
        }
        List<Row> rows = list.stream()
                .map(process -> new Busy(process, share(last.get(process.id()), process, seconds)))
                .sorted(Comparator.comparingDouble(Busy::cpu).thenComparingLong(busy -> busy.process().memory())
                        .reversed())
                .limit(ROWS).map(TableTaker::row).toList();
        return new Table(now, List.of(new Column("Name", Kind.TEXT), new Column("PID", Kind.NUMBER),
                new Column("CPU", Kind.PERCENT), new Column("Memory", Kind.BYTES), new Column("User", Kind.TEXT)),
                rows);
    }

    /// In per cent of a core; a process that is new has spent all its time since the last list.
    private static double share(@Nullable RunningProcess last, RunningProcess now, double seconds) {
        long before = last != null && last.started() == now.started() ? last.cpuMillis() : 0;
        long millis = now.cpuMillis() - before;
        return Math.max(0, Math.round(millis / seconds) / 10.0);
    }

    private static Row row(Busy busy) {
        RunningProcess process = busy.process();
        return new Row(List.of(Cell.of(process.name()), Cell.of(process.id()), Cell.of(busy.cpu()),
                Cell.of((double) process.memory()), Cell.of(process.details().user())));
    }

    private @Nullable Table interfaces(long now) {
        Reading reading = machine.read();
        Reading last = network;
        double seconds = last == null ? 0 : (reading.nanos() - last.nanos()) / 1e9;
        if (last != null && seconds < SHORTEST_SECONDS) {
            return null;
        }
        network = reading;
        if (last == null || seconds > LONGEST_SECONDS) {
            return null;
        }
        Map<String, Interface> known = new HashMap<>();
        last.interfaces().forEach(each -> known.put(each.name(), each));
        List<Row> rows = reading.interfaces().stream().limit(ROWS).map(each -> new Row(List.of(Cell.of(each.name()),
                each.up() == null ? NONE : Cell.of(each.up() ? "up" : "down"),
                rate(known.get(each.name()), each, Interface::received, seconds),
                rate(known.get(each.name()), each, Interface::sent, seconds)))).toList();
        return new Table(now, List.of(new Column("Interface", Kind.TEXT), new Column("State", Kind.TEXT),
                new Column("Received", Kind.BYTES_PER_SECOND), new Column("Sent", Kind.BYTES_PER_SECOND)), rows);
    }

    private static final Cell NONE = new Cell(null, null);

    private static Cell rate(@Nullable Interface last, Interface now, ToLongFunction<Interface> counter,
            double seconds) {
        if (last == null || counter.applyAsLong(now) < counter.applyAsLong(last)) {
            return NONE;
        }
        return Cell.of(Math.rint((counter.applyAsLong(now) - counter.applyAsLong(last)) / seconds));
    }

    private Table filesystems(long now) {
        List<Row> rows = machine.read().mounts().stream().limit(ROWS).map(mount -> new Row(List.of(
                Cell.of(mount.path()), Cell.of(mount.type()),
                Cell.of(Math.round(1_000.0 * mount.used() / mount.total()) / 10.0),
                Cell.of((double) (mount.total() - mount.used())),
                Cell.of((double) mount.total())))).toList();
        return new Table(now, List.of(new Column("Mount", Kind.TEXT), new Column("Type", Kind.TEXT),
                new Column("Used", Kind.PERCENT), new Column("Free", Kind.BYTES), new Column("Size", Kind.BYTES)),
                rows);
    }
}
