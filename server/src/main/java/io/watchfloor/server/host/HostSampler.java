package io.watchfloor.server.host;

import io.watchfloor.sample.Sample;
import io.watchfloor.server.host.Reading.Core;
import io.watchfloor.server.host.Reading.Disk;
import io.watchfloor.server.host.Reading.Interface;
import io.watchfloor.server.host.Reading.Memory;
import io.watchfloor.server.host.Reading.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes samples of the machine's readings. All are gauges: what counters did is written as a rate over the time since
/// the reading before, so that a plain selector shows it. Every series has the label `host`.
///
/// | series | further label |
/// |---|---|
/// | `cpu_usage_percent` | `core`: 0, 1, ... and `total` |
/// | `cpu_mode_percent` | `mode`: user, system, iowait, steal |
/// | `load_average` | `minutes`: 1, 5, 15 |
/// | `memory_used_percent`, `memory_used_bytes`, `memory_total_bytes`, and the same of `swap_` | |
/// | `disk_used_percent`, `disk_used_bytes`, `disk_total_bytes` | `mount` |
/// | `disk_read_bytes_per_second`, `disk_written_bytes_per_second` | `disk`: its name, and `total` |
/// | `net_received_bytes_per_second`, `net_sent_bytes_per_second` | `interface`: its name, and `total` of physical ones |
/// | `process_count`, `uptime_seconds` | |
///
/// Confined to one thread.
final class HostSampler {

    /// Readings that are closer together give no rates: the counters are too coarse.
    private static final double SHORTEST_SECONDS = 0.2;

    private final Machine machine;
    private final Figures figures;
    private @Nullable Reading before;

    /// @param host value of the label `host`
    HostSampler(Machine machine, String host) {
        this.machine = machine;
        this.figures = new Figures("host", host);
    }

    /// Reads the machine. Rates are there from the second time on.
    ///
    /// @param now time of the samples, milliseconds since 1970 UTC
    List<Sample> sample(long now) {
        Reading reading = machine.read();
        figures.start(now);
        levels(reading);
        Reading last = before;
        double seconds = last == null ? 0 : (reading.nanos() - last.nanos()) / 1e9;
        if (last == null || seconds >= SHORTEST_SECONDS) {
            before = reading;
        }
        if (last != null && seconds >= SHORTEST_SECONDS) {
            cpu(last.cores(), reading.cores());
            rates("disk", "read", last.disks(), reading.disks(), Disk::name, Disk::read, seconds);
            rates("disk", "written", last.disks(), reading.disks(), Disk::name, Disk::written, seconds);
            total("disk", "read", last.disks(), reading.disks(), Disk::name, Disk::read, seconds);
            total("disk", "written", last.disks(), reading.disks(), Disk::name, Disk::written, seconds);
            network(last.interfaces(), reading.interfaces(), seconds);
        }
        return figures.samples();
    }

    /// Forgets the last reading, so that the next rates do not reach back over a time that was not sampled.
    void pause() {
        before = null;
    }

    private void levels(Reading reading) {
        String[] minutes = {"1", "5", "15"};
        for (int i = 0; i < Math.min(minutes.length, reading.load().size()); i++) {
            OptionalDouble load = reading.load().get(i);
            if (load.isPresent()) {
                figures.add("load_average", "minutes", minutes[i], load.getAsDouble());
            }
        }
        memory("memory", reading.memory());
        memory("swap", reading.swap());
        for (Mount mount : reading.mounts()) {
            figures.add("disk_used_percent", "mount", mount.path(), percent(mount.used(), mount.total()));
            figures.add("disk_used_bytes", "mount", mount.path(), mount.used());
            figures.add("disk_total_bytes", "mount", mount.path(), mount.total());
        }
        reading.processes().ifPresent(count -> figures.add("process_count", count));
        reading.uptime().ifPresent(seconds -> figures.add("uptime_seconds", seconds));
    }

    private void memory(String what, @Nullable Memory memory) {
        if (memory != null) {
            figures.add(what + "_used_percent", percent(memory.used(), memory.total()));
            figures.add(what + "_used_bytes", memory.used());
            figures.add(what + "_total_bytes", memory.total());
        }
    }

    private void cpu(List<Core> last, List<Core> now) {
        if (last.size() != now.size() || now.isEmpty()) {
            return;
        }
        Core all = new Core(0, 0, 0, 0, 0);
        for (int i = 0; i < now.size(); i++) {
            Core spent = now.get(i).minus(last.get(i));
            all = all.plus(spent);
            figures.add("cpu_usage_percent", "core", Integer.toString(i), percent(spent.busy(), spent.all()));
        }
        figures.add("cpu_usage_percent", "core", "total", percent(all.busy(), all.all()));
        figures.add("cpu_mode_percent", "mode", "user", percent(all.user(), all.all()));
        figures.add("cpu_mode_percent", "mode", "system", percent(all.system(), all.all()));
        figures.add("cpu_mode_percent", "mode", "iowait", percent(all.iowait(), all.all()));
        figures.add("cpu_mode_percent", "mode", "steal", percent(all.steal(), all.all()));
    }

    private void network(List<Interface> last, List<Interface> now, double seconds) {
        rates("net", "received", last, now, Interface::name, Interface::received, seconds);
        rates("net", "sent", last, now, Interface::name, Interface::sent, seconds);
        List<Interface> physical = now.stream().filter(Interface::physical).toList();
        total("net", "received", last, physical, Interface::name, Interface::received, seconds);
        total("net", "sent", last, physical, Interface::name, Interface::sent, seconds);
    }

    private <T> void rates(String what, String done, List<T> last, List<T> now, Function<T, String> name,
            ToLongFunction<T> counter, double seconds) {
        Map<String, T> known = byName(last, name);
        for (T each : now) {
            increase(known, each, name, counter).ifPresent(bytes -> figures.add(what + "_" + done + "_bytes_per_second",
                    labelOf(what), name.apply(each), bytes / seconds));
        }
    }

    private <T> void total(String what, String done, List<T> last, List<T> now, Function<T, String> name,
            ToLongFunction<T> counter, double seconds) {
        Map<String, T> known = byName(last, name);
        List<Long> increases = now.stream().map(each -> increase(known, each, name, counter)).flatMap(Optional::stream)
                .toList();
        if (!increases.isEmpty()) {
            double bytes = increases.stream().mapToDouble(Long::doubleValue).sum();
            figures.add(what + "_" + done + "_bytes_per_second", labelOf(what), "total", bytes / seconds);
        }
    }

    private static String labelOf(String what) {
        return what.equals("net") ? "interface" : what;
    }

    private static <T> Map<String, T> byName(List<T> things, Function<T, String> name) {
        return things.stream().collect(Collectors.toMap(name, thing -> thing, (first, _) -> first));
    }

    /// How far a counter has come; absent where it is new or was set back.
    private static <T> Optional<Long> increase(Map<String, T> last, T now, Function<T, String> name,
            ToLongFunction<T> counter) {
        T known = last.get(name.apply(now));
        if (known == null || counter.applyAsLong(now) < counter.applyAsLong(known)) {
            return Optional.empty();
        }
        return Optional.of(counter.applyAsLong(now) - counter.applyAsLong(known));
    }

    /// `NaN` where there is no whole to be a part of; such a figure is left out.
    private static double percent(long part, long whole) {
        return whole > 0 ? Math.clamp(100.0 * part / whole, 0, 100) : Double.NaN;
    }
}
