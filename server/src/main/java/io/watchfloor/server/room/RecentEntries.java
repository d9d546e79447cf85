package io.watchfloor.server.room;

import io.watchfloor.document.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest entries of a room, so that a storm of reconnects reads nothing from the database. Confined to its room's
/// executor.
final class RecentEntries {

    private static final int CAPACITY = 1_000;

    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > CAPACITY) {
            entries.removeFirst();
        }
    }

    /// All entries after a revision up to the head, or null where some of them are no longer held, or the revision is
    /// after the head.
    @Nullable
    List<Entry> after(long revision, long head) {
        if (revision > head || head - revision > entries.size()) {
            return null;
        }
        List<Entry> missing = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.revision() > revision) {
                missing.add(entry);
            }
        }
        return missing;
    }
}
