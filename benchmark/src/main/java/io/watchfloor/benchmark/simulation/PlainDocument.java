package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.TextId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What follows from a log by the plainest reading of its rules: of two assignments of a property the one with the greater
/// stamp, and texts as strings. It shares nothing with the documents that are shipped, so that a fault of theirs is not on
/// both sides. Confined to its run's thread.
final class PlainDocument {

    private final Map<Person.Place, Assignment> registers = new HashMap<>();
    private final Map<TextId, String> texts = new HashMap<>();

    void apply(Entry entry) {
        for (Operation operation : entry.operations()) {
            switch (operation) {
                case Assignment a -> registers.merge(new Person.Place(a.element(), a.property()), a,
                        (old, other) -> isLater(other.stamp(), old.stamp()) ? other : old);
                case TextEdit edit -> texts.put(edit.id(), edited(text(edit.id()), edit.delta()));
            }
        }
    }

    private static boolean isLater(Stamp one, Stamp other) {
        return one.wall() != other.wall()
                ? one.wall() > other.wall()
                : one.counter() != other.counter()
                        ? one.counter() > other.counter()
                        : one.replica() > other.replica();
    }

    private static String edited(String text, Delta delta) {
        StringBuilder edited = new StringBuilder();
        int[] at = new int[1];
        delta.visit(new Delta.Visitor() {
            @Override
            public void retain(int length) {
                edited.append(text, at[0], at[0] + length);
                at[0] += length;
            }

            @Override
            public void insert(String typed) {
                edited.append(typed);
            }

            @Override
            public void delete(int length) {
                at[0] += length;
            }
        });
        return edited.append(text, at[0], text.length()).toString();
    }

    @Nullable
    Assignment find(Person.Place place) {
        return registers.get(place);
    }

    String text(TextId id) {
        return texts.getOrDefault(id, "");
    }

    /// The long texts that are not empty, sorted.
    List<String> texts() {
        return texts.values().stream().filter(text -> !text.isEmpty()).sorted().toList();
    }

    /// Where another document is not this one; null where it is nowhere.
    @Nullable
    String difference(Document other) {
        int known = 0;
        for (ElementId element : other.elements()) {
            for (String property : other.properties(element)) {
                Person.Place place = new Person.Place(element, property);
                if (!Objects.equals(find(place), other.find(element, property))) {
                    return other.find(element, property) + " instead of " + find(place);
                }
                known++;
            }
        }
        if (known != registers.size()) {
            return known + " registers instead of " + registers.size();
        }
        List<String> written = other.texts().stream().map(other::text).sorted().toList();
        return written.equals(texts()) ? null : written + " instead of " + texts();
    }
}
