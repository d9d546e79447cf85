package io.watchfloor.server.host;

import java.util.List;

/// The machine, as far as its figures are wanted. Calls may take some milliseconds. Confined to one thread at a time.
interface Machine {

    /// What the counters stand at now.
    Reading read();

    /// All processes that may be seen, in any order; empty where they cannot be had.
    List<RunningProcess> processes();

    /// A process. Nothing secret: neither its command line nor its environment.
    ///
    /// @param started milliseconds since 1970 UTC; with the id it tells a process from a later one with its id
    /// @param cpuMillis time it has spent on all cores
    /// @param memory resident bytes
    /// @param details asked only for processes that are shown
    record RunningProcess(int id, String name, long started, long cpuMillis, long memory, Details details) {}

    /// What is costly to find out about a process.
    interface Details {

        /// Name of the account it runs as, `""` where it cannot be told.
        String user();
    }
}
