package io.watchfloor.benchmark.fuzz;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/// What this process holds at a moment. Immutable.
///
/// @param threads platform threads, without those of the HTTP server's pool, which is bounded and shrinks slowly
/// @param files open file descriptors; 0 where the system does not tell
/// @param direct bytes of buffers outside the heap
/// @param heap bytes in use after a collection
public record Footprint(long threads, long files, long direct, long heap) {

    private static final long MEBIBYTE = 1 << 20;

    @SuppressWarnings("SystemGc") // what is left after it is what is measured
    public static Footprint now() {
        System.gc();
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("http-")).count();
        return new Footprint(threads, files,
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /// Whether it has come back to what it was, but for what pools keep.
    public boolean isNear(Footprint before) {
        return threads <= before.threads + 12 && files <= before.files + 16
                && direct <= before.direct + 24 * MEBIBYTE && heap <= before.heap + 48 * MEBIBYTE;
    }

    @Override
    public String toString() {
        return threads + " threads, " + files + " files, " + direct / 1_024 + " KiB direct, " + heap / 1_024
                + " KiB heap";
    }
}
