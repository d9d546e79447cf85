package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditFilter;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An audit log in memory, for tests and simulation. Thread-safe.
public final class InMemoryAudit implements AuditStore {

    private final List<ChainedEvent> events = new ArrayList<>();
    private final Map<String, ChainHead> heads = new TreeMap<>();

    @Override
    public synchronized void append(String writer, AuditEvent event, Seal seal) {
        ChainHead before = heads.getOrDefault(writer, ChainHead.start(writer));
        String mac = seal.mac(before, event);
        heads.put(writer, new ChainHead(writer, before.number() + 1, mac));
        events.add(new ChainedEvent(events.size() + 1, writer, before.number() + 1, event, seal.key(), mac));
    }

    @Override
    public synchronized List<ChainedEvent> page(@Nullable Long before, AuditFilter filter, int most) {
        return events.reversed().stream().filter(event -> before == null || event.id() < before)
                .filter(event -> filter.fits(event.event())).limit(most).toList();
    }

    @Override
    public synchronized List<ChainedEvent> chain(String writer, long after, int most) {
        return events.stream().filter(event -> event.writer().equals(writer) && event.number() > after).limit(most)
                .toList();
    }

    @Override
    public synchronized List<ChainHead> heads() {
        return List.copyOf(heads.values());
    }
}
