package io.watchfloor.server.audit;

import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Checks that the audit log is as it was written: each chain by itself, and all against checkpoints that were kept outside.
/// Confined to its thread.
public final class AuditCheck {

    private static final int PAGE = 1_000;

    private final AuditStore store;
    private final AuditKeys keys;
    private final List<String> faults = new ArrayList<>();
    private long events;
    private int genuine;

    public AuditCheck(AuditStore store, AuditKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /// What was found. Immutable.
    ///
    /// @param checkpoints how many were genuine
    /// @param faults sentences; none where all is as it was written
    public record Findings(long events, int chains, int checkpoints, List<String> faults) {

        public Findings {
            faults = List.copyOf(faults);
        }
    }

    public Findings check(List<Checkpoint> checkpoints) {
        Map<String, Map<Long, String>> promised = new HashMap<>();
        for (Checkpoint checkpoint : checkpoints) {
            SigningKey key = keys.find(Purpose.CHECKPOINT, checkpoint.key());
            if (key == null || !checkpoint.isGenuine(key)) {
                faults.add("A checkpoint (of " + java.time.Instant.ofEpochMilli(checkpoint.at())
                        + ") does not carry a signature of this installation.");
                continue;
            }
            genuine++;
            checkpoint.chains().forEach(head -> promised.computeIfAbsent(head.writer(), _ -> new HashMap<>())
                    .put(head.number(), head.mac()));
        }
        Map<String, ChainHead> heads = new HashMap<>();
        store.heads().forEach(head -> heads.put(head.writer(), head));
        TreeSet<String> writers = new TreeSet<>(heads.keySet());
        writers.addAll(promised.keySet());
        for (String writer : writers) {
            checkChain(heads.getOrDefault(writer, ChainHead.start(writer)), promised.getOrDefault(writer, Map.of()));
        }
        return new Findings(events, writers.size(), genuine, faults);
    }

    private void checkChain(ChainHead head, Map<Long, String> promised) {
        ChainHead at = ChainHead.start(head.writer());
        TreeSet<Long> open = new TreeSet<>(promised.keySet());
        open.remove(0L);
        for (List<ChainedEvent> page = page(at); !page.isEmpty(); page = page(at)) {
            for (ChainedEvent event : page) {
                String fault = faultOf(keys, at, event);
                if (fault != null) {
                    faults.add(fault);
                    return;
                }
                at = new ChainHead(head.writer(), event.number(), event.mac());
                events++;
                if (open.remove(event.number()) && !event.mac().equals(promised.get(event.number()))) {
                    faults.add("Event %d of %s is not the one that a checkpoint tells of: the chain was written anew."
                            .formatted(event.number(), head.writer()));
                    return;
                }
            }
        }
        if (!open.isEmpty()) {
            faults.add("The chain of %s ends at event %d, and a checkpoint tells of event %d: events were removed."
                    .formatted(head.writer(), at.number(), open.last()));
        } else if (!at.equals(head)) {
            faults.add("The chain of %s ends at event %d, and ought to end at event %d: events were removed."
                    .formatted(head.writer(), at.number(), head.number()));
        }
    }

    private List<ChainedEvent> page(ChainHead at) {
        return store.chain(at.writer(), at.number(), PAGE);
    }

    /// What is wrong with an event that comes after another one, as a sentence; null where nothing is.
    static @Nullable String faultOf(AuditKeys keys, ChainHead before, ChainedEvent event) {
        if (event.number() != before.number() + 1) {
            return "After event %d of %s comes event %d: events were removed.".formatted(before.number(),
                    before.writer(), event.number());
        }
        SigningKey key = keys.find(Purpose.AUDIT, event.key());
        return key != null && new Chain(key).mac(before, event.event()).equals(event.mac())
                ? null
                : "Event %d of %s is not as it was written.".formatted(event.number(), before.writer());
    }
}
