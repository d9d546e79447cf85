package io.watchfloor.server.host;

import com.sun.management.OperatingSystemMXBean;
import io.watchfloor.sample.Sample;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes samples of the server's own figures. All are gauges with the label `instance`: `server_sessions`,
/// `server_rooms`, `server_edits_per_second`, `server_frames_per_second`, `server_heap_used_bytes`,
/// `server_heap_max_bytes`, `server_gc_percent` (share of the time), `server_cpu_percent` (100 is one core).
///
/// Confined to one thread.
final class ServerSampler {

    private record Counters(long nanos, long edits, long frames, long gcMillis, long cpuNanos) {}

    private final SelfFigures self;
    private final Figures figures;
    private @Nullable Counters before;

    /// @param instance value of the label `instance`
    ServerSampler(SelfFigures self, String instance) {
        this.self = self;
        this.figures = new Figures("instance", instance);
    }

    /// @param now time of the samples, milliseconds since 1970 UTC
    /// @param nanos of a clock that only runs forward
    List<Sample> sample(long now, long nanos) {
        figures.start(now);
        figures.add("server_sessions", self.sessions());
        figures.add("server_rooms", self.rooms());
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        figures.add("server_heap_used_bytes", heap.getUsed());
        if (heap.getMax() > 0) {
            figures.add("server_heap_max_bytes", heap.getMax());
        }
        Counters counters = new Counters(nanos, self.edits(), self.frames(), gcMillis(), cpuNanos());
        Counters last = before;
        before = counters;
        if (last != null && nanos > last.nanos()) {
            double seconds = (nanos - last.nanos()) / 1e9;
            figures.add("server_edits_per_second", (counters.edits() - last.edits()) / seconds);
            figures.add("server_frames_per_second", (counters.frames() - last.frames()) / seconds);
            figures.add("server_gc_percent", (counters.gcMillis() - last.gcMillis()) / seconds / 10);
            if (counters.cpuNanos() >= 0) {
                figures.add("server_cpu_percent", (counters.cpuNanos() - last.cpuNanos()) / seconds / 1e7);
            }
        }
        return figures.samples();
    }

    private static long gcMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime).filter(millis -> millis > 0).sum();
    }

    /// -1 where it cannot be had.
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getProcessCpuTime()
                : -1;
    }
}
