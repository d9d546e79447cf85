package io.watchfloor.server.audit;

import io.watchfloor.protocol.rest.AuditChains;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Goes along the chains of the audit log while the server runs, so that administrators see that they are whole. Each look
/// takes a bounded number of events and goes on where the last one stopped; from the beginning again once a day. A fault
/// stays told until the server is started anew.
///
/// What it has seen is held in memory only: what was cut off while no server ran is found by [AuditCheck] with checkpoints
/// that were kept outside. Thread-safe.
public final class AuditWatch {

    private static final Logger LOG = LoggerFactory.getLogger(AuditWatch.class);
    private static final int PAGE = 1_000;
    /// Events in one look at most: well under a second of work.
    private static final int MOST = 50_000;
    private static final long AGAIN_MILLIS = Duration.ofDays(1).toMillis();

    private final AuditStore store;
    private final AuditKeys keys;
    private final InstantSource clock;
    private final Map<String, Walk> walks = new TreeMap<>();
    private long begun;
    private @Nullable Long checkedAt;

    public AuditWatch(AuditStore store, AuditKeys keys, InstantSource clock) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /// How far one chain was followed.
    private static final class Walk {

        /// The last event that is known to be good, of this round or an earlier one.
        private ChainHead good;
        private @Nullable Long goodAt;
        /// Where this round is.
        private ChainHead at;
        private @Nullable Long atTime;
        private long length;
        private @Nullable String fault;

        Walk(String writer) {
            good = ChainHead.start(writer);
            at = good;
        }

        void restart() {
            if (fault == null) {
                at = ChainHead.start(at.writer());
                atTime = null;
            }
        }

        AuditChains.Row row() {
            return fault == null
                    ? new AuditChains.Row(good.writer(), length, good.number(), goodAt, null)
                    : new AuditChains.Row(at.writer(), length, at.number(), atTime, fault);
        }

        void passed(ChainedEvent event) {
            ChainHead before = at;
            Long beforeTime = atTime;
            at = new ChainHead(at.writer(), event.number(), event.mac());
            atTime = event.event().at();
            if (event.number() == good.number() && !event.mac().equals(good.mac())) {
                fault = "Event %d of %s is not the one that was there before: the chain was written anew."
                        .formatted(event.number(), at.writer());
                at = before;
                atTime = beforeTime;
            } else if (event.number() > good.number()) {
                good = at;
                goodAt = atTime;
            }
        }
    }

    /// Looks at what has come since the last look. Blocks.
    ///
    /// @throws io.watchfloor.server.store.StoreException where the log cannot be read
    public synchronized void look() {
        long now = clock.millis();
        if (now - begun >= AGAIN_MILLIS) {
            begun = now;
            walks.forEach((writer, walk) -> walk.restart());
        }
        Map<String, ChainHead> heads = new TreeMap<>();
        store.heads().forEach(head -> heads.put(head.writer(), head));
        heads.keySet().forEach(writer -> walks.computeIfAbsent(writer, Walk::new));
        int left = MOST;
        for (Map.Entry<String, Walk> each : walks.entrySet()) {
            Walk walk = each.getValue();
            if (walk.fault == null) {
                left -= follow(walk, heads.getOrDefault(each.getKey(), ChainHead.start(each.getKey())), left);
                if (walk.fault != null) {
                    LOG.error("The audit log is not as it was written. {}", walk.fault);
                }
            }
        }
        checkedAt = now;
    }

    /// @return how many events it took
    private int follow(Walk walk, ChainHead head, int most) {
        if (head.number() < walk.good.number()) {
            walk.length = walk.good.number();
            walk.fault = tooShort(head, walk.good.number());
            walk.at = head;
            walk.atTime = null;
            return 0;
        }
        int taken = 0;
        walk.length = head.number();
        while (taken < most) {
            List<ChainedEvent> page = store.chain(head.writer(), walk.at.number(), Math.min(PAGE, most - taken));
            for (ChainedEvent event : page) {
                walk.fault = AuditCheck.faultOf(keys, walk.at, event);
                if (walk.fault == null) {
                    walk.passed(event);
                }
                if (walk.fault != null) {
                    return taken;
                }
                taken++;
            }
            if (page.isEmpty()) {
                checkEnd(walk, head);
                return taken;
            }
        }
        return taken;
    }

    /// The head was read before the events: a chain may have grown since, but not become shorter.
    private static void checkEnd(Walk walk, ChainHead head) {
        long promised = Math.max(head.number(), walk.good.number());
        if (walk.at.number() < promised) {
            walk.fault = tooShort(walk.at, promised);
            walk.length = promised;
        } else {
            walk.length = walk.at.number();
        }
    }

    private static String tooShort(ChainHead end, long promised) {
        return "The chain of %s ends at event %d, and ought to go on to event %d: events were removed."
                .formatted(end.writer(), end.number(), promised);
    }

    /// What was found so far.
    public synchronized AuditChains found() {
        return new AuditChains(checkedAt, walks.values().stream().map(Walk::row).toList());
    }
}
