package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/// The records of an outbox in one MVStore file. Nothing reaches the disk before [#commit]. Confined to one thread at a
/// time.
final class OutboxFile {

    /// The file is not one of ours, or its content is damaged.
    static final class DamagedException extends Exception {

        DamagedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final System.Logger LOG = System.getLogger(OutboxFile.class.getName());
    private static final String FORMAT = "2";
    private static final int RETENTION_MILLIS = 2_000;
    /// Bytes of a file that is worth making smaller.
    private static final long LARGE = 8 << 20;
    private static final int COMPACTION_MILLIS = 500;
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);

    private final MVStore store;
    private final MVMap<String, byte[]> replicas;
    private final MVMap<String, byte[]> pushes;
    private final MVMap<String, byte[]> texts;
    private final MVMap<String, String> facts;
    private final CopyMaps copies;

    private OutboxFile(MVStore store) {
        this.store = store;
        replicas = store.openMap("replicas", bytesByText());
        pushes = store.openMap("pushes", bytesByText());
        texts = store.openMap("texts", bytesByText());
        facts = store.openMap("facts", new MVMap.Builder<String, String>().keyType(StringDataType.INSTANCE)
                .valueType(StringDataType.INSTANCE));
        copies = new CopyMaps(store);
    }

    static MVMap.Builder<String, byte[]> bytesByText() {
        return new MVMap.Builder<String, byte[]>().keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE);
    }

    /// @throws DamagedException where the file exists and cannot be read
    static OutboxFile open(Path path) throws DamagedException {
        MVStore store = null;
        try {
            store = new MVStore.Builder().fileName(path.toString()).autoCommitDisabled().open();
            store.setVersionsToKeep(0);
            // every commit is on the disk before the next one, so old ones need not be kept as long as usual
            store.setRetentionTime(RETENTION_MILLIS);
            if (store.getFileStore().size() > LARGE) {
                store.compactFile(COMPACTION_MILLIS);
            }
            OutboxFile file = new OutboxFile(store);
            String format = file.facts.putIfAbsent("format", FORMAT);
            if (format != null && !format.equals(FORMAT)) {
                throw new IllegalStateException("its format is " + format + ", this version reads " + FORMAT);
            }
            return file;
        } catch (MVStoreException | IllegalStateException | IllegalArgumentException e) {
            if (store != null) {
                store.closeImmediately();
            }
            throw new DamagedException("The outbox file cannot be read: " + e.getMessage(), e);
        }
    }

    /// What it holds, for each dashboard with an edit. Forgets the replicas of the others.
    ///
    /// @throws DamagedException where a record cannot be read
    Map<DashboardId, Held> load() throws DamagedException {
        try {
            Map<DashboardId, List<OutboxPush>> held = byDashboard(pushes, OutboxPush.class);
            Map<DashboardId, List<OutboxText>> typed = byDashboard(texts, OutboxText.class);
            Set<DashboardId> dashboards = new HashSet<>(held.keySet());
            dashboards.addAll(typed.keySet());
            Map<DashboardId, Held> all = new HashMap<>();
            for (DashboardId dashboard : dashboards) {
                byte[] replica = replicas.get(dashboard.toString());
                if (replica == null) {
                    throw new IllegalStateException("the replica of dashboard " + dashboard + " is missing");
                }
                all.put(dashboard, new Held(CODEC.decode(replica, OutboxReplica.class),
                        held.getOrDefault(dashboard, List.of()), typed.getOrDefault(dashboard, List.of())));
            }
            for (String id : List.copyOf(replicas.keySet())) {
                if (!all.containsKey(DashboardId.parse(id))) {
                    replicas.remove(id);
                }
            }
            return all;
        } catch (MVStoreException | CodecException | IllegalStateException | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw new DamagedException("The outbox file cannot be read: " + e.getMessage(), e);
        }
    }

    private static <T> Map<DashboardId, List<T>> byDashboard(MVMap<String, byte[]> map, Class<T> type) {
        Map<DashboardId, List<T>> byDashboard = new HashMap<>();
        map.forEach((key, bytes) -> byDashboard
                .computeIfAbsent(DashboardId.parse(key.substring(0, key.indexOf('/'))), _ -> new ArrayList<>())
                .add(CODEC.decode(bytes, type)));
        return byDashboard;
    }

    void apply(OutboxChange change) {
        String dashboard = change.dashboard().toString();
        replicas.put(dashboard, CODEC.encode(change.replica()));
        change.put().forEach(push -> pushes.put(key(dashboard, push.key()), CODEC.encode(push)));
        change.removed().forEach(key -> pushes.remove(key(dashboard, key)));
        for (OutboxText text : change.texts()) {
            String key = dashboard + '/' + text.id().element() + '/' + text.id().property();
            if (text.settled()) {
                texts.remove(key);
            } else {
                texts.put(key, CODEC.encode(text));
            }
        }
        change.copy().forEach(copyChange -> copies.apply(change.dashboard(), copyChange, this::holds));
    }

    private boolean holds(String dashboard) {
        return holds(pushes, dashboard) || holds(texts, dashboard);
    }

    private static boolean holds(MVMap<String, byte[]> map, String dashboard) {
        String next = map.higherKey(dashboard + '/');
        return next != null && next.startsWith(dashboard);
    }

    CopyMaps copies() {
        return copies;
    }

    void erase() {
        copies.erase(this::holds);
    }

    static String key(String dashboard, long key) {
        return dashboard + '/' + String.format(Locale.ROOT, "%019d", key);
    }

    long clockOffset() {
        String offset = facts.get("clock-offset");
        return offset == null ? 0 : Long.parseLong(offset);
    }

    void clockOffset(long millis) {
        facts.put("clock-offset", Long.toString(millis));
    }

    /// Brings everything to the disk, past the caches of the operating system.
    void commit() {
        store.commit();
        store.sync();
    }

    /// Makes the file small where it can; everything in it was on the disk before.
    void close() {
        try {
            store.close(COMPACTION_MILLIS);
        } catch (MVStoreException e) {
            // MVStore's moving of chunks has asserted what does not hold (h2database issue 4086); nothing was lost
            LOG.log(System.Logger.Level.INFO, "an outbox file could not be made smaller", e);
            store.closeImmediately();
        }
    }

    void abandon() {
        store.closeImmediately();
    }
}
