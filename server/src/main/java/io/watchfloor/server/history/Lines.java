package io.watchfloor.server.history;

import io.watchfloor.document.Document;
import io.watchfloor.document.Entry;
import io.watchfloor.protocol.rest.HistoryLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers the entries of a log to lines that people read: what one desktop did again and again within a minute, such as
/// a drag or typing, is one line, and so is a restore of many pushes. Confined to one thread.
final class Lines {

    /// Milliseconds after which the same thing done again is a line of its own.
    static final long PAUSE = 60_000;

    private final Facts facts;
    private final List<HistoryLine> lines = new ArrayList<>();
    private @Nullable Open open;

    /// The line that may still grow.
    private static final class Open {

        private final Entry first;
        private Entry last;
        private final Map<Fact.Key, Fact> facts;

        Open(Entry entry, Map<Fact.Key, Fact> facts) {
            this.first = entry;
            this.last = entry;
            this.facts = facts;
        }

        boolean takes(Entry entry, Set<Fact.Key> done) {
            boolean restore = facts.keySet().stream().anyMatch(key -> key.deed() == Deed.RESTORED);
            return entry.replica() == last.replica() && entry.author().equals(last.author())
                    && entry.at() - last.at() <= PAUSE
                    && ((restore && entry.replica() != 0) || facts.keySet().equals(done));
        }

        void take(Entry entry, Map<Fact.Key, Fact> done) {
            last = entry;
            done.forEach((key, fact) -> facts.merge(key, fact, Fact::then));
        }
    }

    /// @param document right before the first entry
    private Lines(Document document) {
        this.facts = new Facts(document);
    }

    /// The lines of some entries, oldest first.
    ///
    /// @param document right before the first of them; it is changed
    static List<HistoryLine> of(Document document, List<Entry> entries) {
        Lines lines = new Lines(document);
        entries.forEach(lines::add);
        lines.end();
        return lines.lines;
    }

    private void add(Entry entry) {
        Map<Fact.Key, Fact> done = new LinkedHashMap<>(facts.of(entry));
        Open current = open;
        if (current != null && current.takes(entry, done.keySet())) {
            current.take(entry, done);
        } else {
            end();
            open = new Open(entry, done);
        }
    }

    private void end() {
        Open ended = open;
        if (ended != null) {
            lines.add(new HistoryLine(ended.last.revision(), ended.first.revision(), ended.last.author(),
                    ended.last.at(), Sentences.of(ended.facts.values())));
        }
    }
}
