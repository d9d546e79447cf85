package io.watchfloor.server.room;

import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SelectorException;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import io.watchfloor.server.store.NumberedSample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which rooms of this instance want which series and tables. A series is matched once, then known by its number, until
/// a room changes what it wants. Thread-safe.
public final class LiveQueries {

    /// Where a room takes what it wants; called on the thread that brings it.
    interface Wants {

        void samples(List<NumberedSample> samples);

        void table(Query query, Table table);
    }

    private record Interest(Set<Query> queries, List<Selector> selectors) {}

    private final Map<Wants, Interest> interests = new ConcurrentHashMap<>();
    private volatile Map<Integer, List<Wants>> bySeries = new ConcurrentHashMap<>();

    /// The queries of a document: those of elements that exist, in elements that exist.
    static Set<Query> of(Document document) {
        Set<Query> queries = new HashSet<>();
        for (ElementId element : document.elements()) {
            Query query = query(document.get(element, Properties.QUERY));
            if (query != null && exists(document, element, 0)) {
                queries.add(query);
            }
        }
        return queries;
    }

    private static boolean exists(Document document, ElementId element, int depth) {
        if (element.equals(ElementId.DASHBOARD)) {
            return true;
        }
        return depth < 8 && Value.of(true).equals(document.get(element, Properties.EXISTS))
                && document.get(element, Properties.PARENT) instanceof Value.Str(String parent)
                && exists(document, ElementId.parse(parent), depth + 1);
    }

    private static @Nullable Query query(@Nullable Value value) {
        if (value instanceof Value.Fields fields && fields.values().get("source") instanceof Value.Str(String source)
                && fields.values().get("language") instanceof Value.Str(String language)
                && fields.values().get("text") instanceof Value.Str(String text)) {
            return new Query(source, language, text);
        }
        return null;
    }

    void want(Wants room, Set<Query> queries) {
        if (queries.isEmpty()) {
            interests.remove(room);
        } else {
            interests.put(room, new Interest(Set.copyOf(queries), selectors(queries)));
        }
        bySeries = new ConcurrentHashMap<>();
    }

    private static List<Selector> selectors(Collection<Query> queries) {
        List<Selector> selectors = new ArrayList<>();
        for (Query query : queries) {
            if (query.source().equals(Query.BUILTIN) && query.language().equals(Query.PROMQL)) {
                try {
                    selectors.add(Selector.parse(query.text()));
                } catch (SelectorException _) {
                    // Whoever watches the query is told what is wrong with it; nothing flows for it.
                }
            }
        }
        return selectors;
    }

    /// What rooms want of stored samples.
    public Set<Selector> selectors() {
        return interests.values().stream().flatMap(interest -> interest.selectors().stream())
                .collect(Collectors.toSet());
    }

    /// Hands stored samples to the rooms that want them.
    public void samples(List<NumberedSample> samples) {
        Map<Integer, List<Wants>> known = bySeries;
        Map<Wants, List<NumberedSample>> batches = new HashMap<>();
        for (NumberedSample sample : samples) {
            for (Wants room : known.computeIfAbsent(sample.number(), _ -> wanting(sample.key()))) {
                batches.computeIfAbsent(room, _ -> new ArrayList<>()).add(sample);
            }
        }
        batches.forEach(Wants::samples);
    }

    private List<Wants> wanting(SeriesKey key) {
        List<Wants> rooms = new ArrayList<>();
        interests.forEach((room, interest) -> {
            if (interest.selectors().stream().anyMatch(selector -> selector.matches(key))) {
                rooms.add(room);
            }
        });
        return rooms;
    }

    /// Hands a table to the rooms that want it.
    public void table(Query query, Table table) {
        interests.forEach((room, interest) -> {
            if (interest.queries().contains(query)) {
                room.table(query, table);
            }
        });
    }

    /// Whether any room wants the table of a query.
    public boolean isWanted(Query query) {
        return interests.values().stream().anyMatch(interest -> interest.queries().contains(query));
    }
}
