package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/// The kept copies in an outbox file: for each dashboard a head, a snapshot, the entries after it, and the latest acked
/// edits. Entries are brought into the snapshot when there are many. What cannot be read is forgotten: a copy only
/// repeats what the server has. Confined to one thread at a time.
final class CopyMaps {

    private static final System.Logger LOG = System.getLogger(CopyMaps.class.getName());
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    private static final String LIST = "dashboards";
    private static final int MOST_ENTRIES = 500;
    private static final int MOST_ENTRY_BYTES = 1 << 20;
    private static final int MOST_COPIES = 64;
    private static final long MOST_BYTES = 128L << 20;

    /// What is known of a copy without reading it.
    ///
    /// @param bytes of the snapshot
    record Head(Epoch epoch, Right right, long seenAt, long bytes) {}

    private static final class Growth {

        private long revision;
        private int entries;
        private long bytes;
    }

    private final MVMap<String, byte[]> heads;
    private final MVMap<String, byte[]> snapshots;
    private final MVMap<String, byte[]> entries;
    private final MVMap<String, byte[]> acked;
    private final MVMap<String, byte[]> lists;
    /// Of copies that were written since the file was opened.
    private final Map<String, Growth> growths = new HashMap<>();

    CopyMaps(MVStore store) {
        heads = store.openMap("copies", OutboxFile.bytesByText());
        snapshots = store.openMap("snapshots", OutboxFile.bytesByText());
        entries = store.openMap("entries", OutboxFile.bytesByText());
        acked = store.openMap("acked", OutboxFile.bytesByText());
        lists = store.openMap("lists", OutboxFile.bytesByText());
    }

    /// @param held whether edits of a dashboard are held, so that its copy must stay
    void apply(DashboardId dashboard, CopyChange change, Predicate<String> held) {
        String id = dashboard.toString();
        switch (change) {
            case CopyChange.Whole(KeptCopy copy) -> {
                put(id, copy);
                makeRoom(id, held);
            }
            case CopyChange.Next(Entry entry) -> append(id, entry);
            case CopyChange.Acked(AckedPush push) -> {
                if (heads.containsKey(id)) {
                    String last = acked.lowerKey(id + '0');
                    long next = last == null || !last.startsWith(id) ? 1 : number(last) + 1;
                    acked.put(OutboxFile.key(id, next), CODEC.encode(push));
                    acked.remove(OutboxFile.key(id, next - AckedPush.MOST));
                }
            }
            case CopyChange.Seen(Right right, long at) -> {
                Head head = head(id);
                if (head != null) {
                    heads.put(id, CODEC.encode(new Head(head.epoch(), right, at, head.bytes())));
                }
            }
            case CopyChange.Forgotten() -> forget(id);
        }
    }

    private void put(String id, KeptCopy copy) {
        forget(id);
        byte[] snapshot = CODEC.encode(copy.snapshot());
        snapshots.put(id, snapshot);
        heads.put(id, CODEC.encode(new Head(copy.epoch(), copy.right(), copy.seenAt(), snapshot.length)));
        for (int i = 0; i < copy.acked().size(); i++) {
            acked.put(OutboxFile.key(id, i + 1L), CODEC.encode(copy.acked().get(i)));
        }
        Growth growth = new Growth();
        growth.revision = copy.snapshot().revision();
        growths.put(id, growth);
    }

    private void append(String id, Entry entry) {
        Growth growth = growths.get(id);
        if (growth == null || entry.revision() != growth.revision + 1) {
            return;
        }
        byte[] bytes = CODEC.encode(entry);
        entries.put(OutboxFile.key(id, entry.revision()), bytes);
        growth.revision++;
        growth.entries++;
        growth.bytes += bytes.length;
        if (growth.entries >= MOST_ENTRIES || growth.bytes >= MOST_ENTRY_BYTES) {
            read(id).ifPresentOrElse(copy -> put(id, copy), () -> forget(id));
        }
    }

    /// The copy with all entries in its snapshot.
    Optional<KeptCopy> find(DashboardId dashboard) {
        String id = dashboard.toString();
        Optional<KeptCopy> copy = read(id);
        if (copy.isEmpty()) {
            forget(id);
        } else if (!growths.containsKey(id)) {
            Growth growth = new Growth();
            growth.revision = copy.get().snapshot().revision();
            growth.entries = of(entries, id).size();
            growths.put(id, growth);
        }
        return copy;
    }

    private Optional<KeptCopy> read(String id) {
        Head head = head(id);
        byte[] snapshot = snapshots.get(id);
        if (head == null || snapshot == null) {
            return Optional.empty();
        }
        try {
            List<Entry> after = of(entries, id).stream().map(bytes -> CODEC.decode(bytes, Entry.class)).toList();
            List<AckedPush> own = of(acked, id).stream().map(bytes -> CODEC.decode(bytes, AckedPush.class)).toList();
            return Optional.of(new KeptCopy(head.epoch(), head.right(), head.seenAt(),
                    KeptCopy.advance(CODEC.decode(snapshot, Snapshot.class), after), KeptCopy.latest(own)));
        } catch (CodecException | IllegalArgumentException | MVStoreException e) {
            LOG.log(System.Logger.Level.WARNING, "the kept copy of dashboard " + id + " is forgotten", e);
            return Optional.empty();
        }
    }

    private @Nullable Head head(String id) {
        byte[] bytes = heads.get(id);
        try {
            return bytes == null ? null : CODEC.decode(bytes, Head.class);
        } catch (CodecException e) {
            LOG.log(System.Logger.Level.WARNING, "the kept copy of dashboard " + id + " cannot be read", e);
            return null;
        }
    }

    private static List<byte[]> of(MVMap<String, byte[]> map, String id) {
        List<byte[]> values = new ArrayList<>();
        for (Iterator<String> keys = map.keyIterator(id + '/'); keys.hasNext();) {
            String key = keys.next();
            if (!key.startsWith(id)) {
                return values;
            }
            byte[] value = map.get(key);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private static long number(String key) {
        return Long.parseLong(key.substring(key.indexOf('/') + 1));
    }

    private void forget(String id) {
        heads.remove(id);
        snapshots.remove(id);
        growths.remove(id);
        removeAll(entries, id);
        removeAll(acked, id);
    }

    private static void removeAll(MVMap<String, byte[]> map, String id) {
        for (String key = map.higherKey(id + '/'); key != null && key.startsWith(id); key = map.higherKey(key)) {
            map.remove(key);
        }
    }

    /// Forgets the copies that were seen longest ago where there are too many, or too large ones.
    private void makeRoom(String newest, Predicate<String> held) {
        Map<String, Head> all = new HashMap<>();
        for (String id : List.copyOf(heads.keySet())) {
            Head head = head(id);
            if (head != null) {
                all.put(id, head);
            }
        }
        long bytes = all.values().stream().mapToLong(Head::bytes).sum();
        int count = all.size();
        for (String id : all.keySet().stream()
                .sorted((a, b) -> Long.compare(seenAt(all, a), seenAt(all, b))).toList()) {
            if (count <= MOST_COPIES && bytes <= MOST_BYTES) {
                return;
            }
            if (!id.equals(newest) && !held.test(id)) {
                forget(id);
                count--;
                Head head = all.get(id);
                bytes -= head == null ? 0 : head.bytes();
            }
        }
    }

    private static long seenAt(Map<String, Head> heads, String id) {
        Head head = heads.get(id);
        return head == null ? 0 : head.seenAt();
    }

    /// Forgets the list, and every copy but those of dashboards that are held.
    void erase(Predicate<String> held) {
        lists.clear();
        List.copyOf(heads.keySet()).stream().filter(id -> !held.test(id)).forEach(this::forget);
    }

    @Nullable
    KeptList list() {
        byte[] bytes = lists.get(LIST);
        try {
            return bytes == null ? null : CODEC.decode(bytes, KeptList.class);
        } catch (CodecException e) {
            LOG.log(System.Logger.Level.WARNING, "the kept list of dashboards cannot be read", e);
            return null;
        }
    }

    void list(KeptList list) {
        lists.put(LIST, CODEC.encode(list));
    }
}
