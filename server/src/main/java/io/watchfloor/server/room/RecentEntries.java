package io.watchfloor.server.room;

import io.watchfloor.document.Delta;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import io.watchfloor.server.room.CatchUp.Logged;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The latest entries of a room, so that a storm of reconnects reads nothing from the database, and text edits made on
/// an older revision can be merged. Confined to its room's executor.
final class RecentEntries {

    private static final int CAPACITY = 1_000;
    /// Of all together. Each takes about as much again in each encoding in which somebody lacked it.
    private static final long BYTES = 16 << 20;

    private record Typed(long revision, Delta delta) {}

    private final ArrayDeque<Logged> entries = new ArrayDeque<>();
    private long bytes;
    /// The text edits among them.
    private final Map<TextId, ArrayDeque<Typed>> typed = new HashMap<>();

    void add(Entry entry) {
        entries.addLast(new Logged(entry));
        bytes += EntrySize.of(entry);
        for (Operation operation : entry.operations()) {
            if (operation instanceof TextEdit edit) {
                typed.computeIfAbsent(edit.id(), _ -> new ArrayDeque<>())
                        .addLast(new Typed(entry.revision(), edit.delta()));
            }
        }
        while (entries.size() > CAPACITY || bytes > BYTES) {
            forget(entries.removeFirst().entry());
        }
    }

    private void forget(Entry entry) {
        bytes -= EntrySize.of(entry);
        for (Operation operation : entry.operations()) {
            if (operation instanceof TextEdit edit) {
                typed.computeIfPresent(edit.id(), (_, deltas) -> {
                    deltas.removeFirst();
                    return deltas.isEmpty() ? null : deltas;
                });
            }
        }
    }

    /// All entries after a revision up to the head, or null where some of them are no longer held, or the revision is
    /// after the head.
    @Nullable
    List<Logged> after(long revision, long head) {
        if (!reachBackTo(revision, head)) {
            return null;
        }
        List<Logged> missing = new ArrayList<>();
        Iterator<Logged> newestFirst = entries.descendingIterator();
        for (long at = head; at > revision; at--) {
            missing.add(newestFirst.next());
        }
        Collections.reverse(missing);
        return missing;
    }

    private boolean reachBackTo(long revision, long head) {
        return revision <= head && head - revision <= entries.size();
    }

    /// What was logged of a text after a revision, in order; null as above.
    @Nullable
    List<Delta> after(long revision, long head, TextId text) {
        if (!reachBackTo(revision, head)) {
            return null;
        }
        ArrayDeque<Typed> deltas = typed.get(text);
        if (deltas == null) {
            return List.of();
        }
        List<Delta> since = new ArrayList<>();
        Iterator<Typed> newestFirst = deltas.descendingIterator();
        while (newestFirst.hasNext()) {
            Typed next = newestFirst.next();
            if (next.revision() <= revision) {
                break;
            }
            since.add(next.delta());
        }
        Collections.reverse(since);
        return since;
    }
}
