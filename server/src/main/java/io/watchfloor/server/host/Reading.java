package io.watchfloor.server.host;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What the machine's counters stood at in one moment. A figure that cannot be had is absent, never 0.
///
/// @param nanos of a clock that only runs forward
/// @param cores by core, empty where they cannot be had
/// @param load of 1, 5 and 15 minutes
/// @param processes how many there are
/// @param uptime seconds
///
/// Immutable.
record Reading(long nanos, List<Core> cores, List<OptionalDouble> load, @Nullable Memory memory, @Nullable Memory swap,
        List<Disk> disks, List<Mount> mounts, List<Interface> interfaces, OptionalLong processes, OptionalLong uptime) {

    /// Time that a core has spent, in ticks of any length.
    record Core(long user, long system, long iowait, long steal, long idle) {

        long busy() {
            return user + system + steal;
        }

        long all() {
            return busy() + iowait + idle;
        }

        Core plus(Core other) {
            return new Core(user + other.user, system + other.system, iowait + other.iowait, steal + other.steal,
                    idle + other.idle);
        }

        Core minus(Core other) {
            return new Core(user - other.user, system - other.system, iowait - other.iowait, steal - other.steal,
                    idle - other.idle);
        }
    }

    /// Bytes, used and in all.
    record Memory(long used, long total) {}

    /// Bytes since the machine was started.
    record Disk(String name, long read, long written) {}

    /// A file system; bytes.
    record Mount(String path, String type, long used, long total) {}

    /// Bytes since the machine was started.
    ///
    /// @param physical false for those that only pass on what others have counted: bridges, tunnels, containers' ends
    /// @param up false where it is switched off, absent where it cannot be told
    record Interface(String name, long received, long sent, boolean physical, @Nullable Boolean up) {}
}
