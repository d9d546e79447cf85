package io.watchfloor.server.host;

import io.watchfloor.server.host.Reading.Core;
import io.watchfloor.server.host.Reading.Disk;
import io.watchfloor.server.host.Reading.Interface;
import io.watchfloor.server.host.Reading.Memory;
import io.watchfloor.server.host.Reading.Mount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.NetworkIF.IfOperStatus;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/// The machine through OSHI. Whatever fails on an odd system is left out, and logged once. Confined to one thread at a
/// time.
final class OshiMachine implements Machine {

    private static final Logger LOG = LoggerFactory.getLogger(OshiMachine.class);

    /// Network interfaces are listed anew after so many readings; in between their counters are read only.
    private static final int LISTED_EVERY = 15;
    private static final Set<String> NO_DISKS = Set.of("tmpfs", "devtmpfs", "ramfs", "squashfs", "iso9660", "overlay");
    private static final List<String> VIRTUAL = List.of("lo", "docker", "br-", "veth", "virbr", "vnet", "tun", "tap",
            "wg", "cni", "flannel", "cali", "cilium", "lxc", "kube", "dummy", "bond", "ifb", "utun", "awdl", "llw");

    private final OperatingSystem os;
    private final HardwareAbstractionLayer hardware;
    private final Set<String> missing = new HashSet<>();
    private List<NetworkIF> interfaces = List.of();
    private int readings;

    /// @throws LinkageError where the system has no native access at all
    OshiMachine() {
        SystemInfo info = new SystemInfo();
        os = info.getOperatingSystem();
        hardware = info.getHardware();
    }

    @Override
    public Reading read() {
        List<Core> cores = part("the processor", List.of(), this::cores);
        List<OptionalDouble> load = part("the load", List.of(), this::load);
        Memory memory = part("the memory", null, this::memory);
        Memory swap = part("the swap space", null, this::swap);
        List<Disk> disks = part("the disks", List.of(), this::disks);
        List<Mount> mounts = part("the file systems", List.of(), this::mounts);
        List<Interface> network = part("the network", List.of(), this::interfaces);
        OptionalLong count = part("the processes", OptionalLong.empty(), () -> positive(os.getProcessCount()));
        OptionalLong uptime = part("the uptime", OptionalLong.empty(), () -> positive(os.getSystemUptime()));
        return new Reading(System.nanoTime(), cores, load, memory, swap, disks, mounts, network, count, uptime);
    }

    @Override
    public List<RunningProcess> processes() {
        return part("the processes", List.of(), () -> os.getProcesses(null, null, 0).stream().map(this::process)
                .toList());
    }

    private RunningProcess process(OSProcess process) {
        return new RunningProcess(process.getProcessID(), process.getName(), process.getStartTime(),
                process.getKernelTime() + process.getUserTime(), process.getResidentMemory(),
                () -> part("the owners of processes", "", process::getUser));
    }

    private List<Core> cores() {
        return Arrays.stream(hardware.getProcessor().getProcessorCpuLoadTicks()).map(ticks -> new Core(
                ticks[TickType.USER.getIndex()] + ticks[TickType.NICE.getIndex()],
                ticks[TickType.SYSTEM.getIndex()] + ticks[TickType.IRQ.getIndex()] + ticks[TickType.SOFTIRQ.getIndex()],
                ticks[TickType.IOWAIT.getIndex()], ticks[TickType.STEAL.getIndex()], ticks[TickType.IDLE.getIndex()]))
                .toList();
    }

    private List<OptionalDouble> load() {
        return Arrays.stream(hardware.getProcessor().getSystemLoadAverage(3))
                .mapToObj(load -> load < 0 ? OptionalDouble.empty() : OptionalDouble.of(load)).toList();
    }

    private @Nullable Memory memory() {
        GlobalMemory memory = hardware.getMemory();
        long total = memory.getTotal();
        return total > 0 ? new Memory(total - memory.getAvailable(), total) : null;
    }

    private @Nullable Memory swap() {
        var swap = hardware.getMemory().getVirtualMemory();
        return swap.getSwapTotal() > 0 ? new Memory(swap.getSwapUsed(), swap.getSwapTotal()) : null;
    }

    private List<Disk> disks() {
        return hardware.getDiskStores().stream().filter(disk -> disk.getSize() > 0)
                .map(disk -> new Disk(shortName(disk.getName()), disk.getReadBytes(), disk.getWriteBytes())).toList();
    }

    /// `/dev/sda` is `sda`, `\\.\PHYSICALDRIVE0` is `PHYSICALDRIVE0`.
    private static String shortName(String device) {
        return device.substring(Math.max(device.lastIndexOf('/'), device.lastIndexOf('\\')) + 1);
    }

    private List<Mount> mounts() {
        List<Mount> mounts = new ArrayList<>();
        for (var store : os.getFileSystem().getFileStores(true)) {
            long total = store.getTotalSpace();
            boolean disk = !NO_DISKS.contains(store.getType().toLowerCase(Locale.ROOT)) || store.getMount().equals("/");
            if (disk && total > 0) {
                mounts.add(new Mount(store.getMount(), store.getType(), total - store.getUsableSpace(), total));
            }
        }
        return mounts;
    }

    private List<Interface> interfaces() {
        if (readings % LISTED_EVERY == 0) {
            interfaces = hardware.getNetworkIFs(false);
        } else {
            interfaces = interfaces.stream().filter(NetworkIF::updateAttributes).toList();
        }
        readings++;
        return interfaces.stream().map(each -> new Interface(each.getName(), each.getBytesRecv(), each.getBytesSent(),
                isPhysical(each), isUp(each))).toList();
    }

    private static boolean isPhysical(NetworkIF each) {
        return VIRTUAL.stream().noneMatch(each.getName()::startsWith);
    }

    private static @Nullable Boolean isUp(NetworkIF each) {
        IfOperStatus status = each.getIfOperStatus();
        return status == IfOperStatus.UNKNOWN ? null : Boolean.valueOf(status == IfOperStatus.UP);
    }

    private static OptionalLong positive(long value) {
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /// The figure, or its absence where the system does not give it.
    private <T extends @Nullable Object> T part(String what, T absent, Supplier<T> figure) {
        try {
            return figure.get();
        } catch (RuntimeException | LinkageError odd) {
            if (missing.add(what)) {
                LOG.info("This system does not tell about {}: {}", what, odd.toString());
            }
            return absent;
        }
    }
}
