package io.watchfloor.server.host;

import java.util.List;

/// A machine whose figures a test sets. Thread-safe.
final class FakeMachine implements Machine {

    volatile Reading reading = HostSamplerTest.nothing(0);
    volatile List<RunningProcess> processes = List.of();

    @Override
    public Reading read() {
        return reading;
    }

    @Override
    public List<RunningProcess> processes() {
        return processes;
    }
}
