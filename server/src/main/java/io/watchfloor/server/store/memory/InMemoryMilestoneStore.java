package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.MilestoneStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Milestones in memory. Thread-safe.
public final class InMemoryMilestoneStore implements MilestoneStore {

    private final Set<String> reached = ConcurrentHashMap.newKeySet();

    @Override
    public boolean reached(String milestone) {
        return reached.contains(milestone);
    }

    @Override
    public void reach(String milestone) {
        reached.add(milestone);
    }
}
