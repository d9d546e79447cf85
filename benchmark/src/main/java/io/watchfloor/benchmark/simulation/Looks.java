package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.server.room.Change;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether a dashboard looks as it did at an earlier revision, after that was restored. Confined to its run's thread.
final class Looks {

    /// Not part of how it looks.
    private static final Set<String> UNSEEN = Set.of(Properties.EXISTS, Properties.KIND, Properties.PARENT,
            Properties.RESTORED);

    private final LogBook book;
    private final Run.Violations violations;

    Looks(Witness witness) {
        this.book = witness.book();
        this.violations = witness.violations();
    }

    /// @param then the dashboard as it was when somebody asked for it: the database may have been put back since
    /// @param done what the person was told
    void check(Document then, long revision, Change.Done done) {
        Chronicle log = book.of(done.epoch());
        if (log == null || log.head() < done.revision()) {
            violations.add("told-not-durable", "a restore was told as revision " + done.revision());
            return;
        }
        boolean undisturbed = log.entries().subList((int) done.before(), (int) done.revision()).stream()
                .allMatch(entry -> log.isRestorer(entry.replica()));
        if (undisturbed) { // what others do at the same moment stays
            compare(then, log.at(done.revision()), revision, done);
        }
    }

    private void compare(Document then, Document now, long revision, Change.Done done) {
        for (ElementId element : new TreeSet<>(now.elements())) {
            boolean existed = exists(then, element);
            if (existed != exists(now, element)) {
                differs(element, Properties.EXISTS, revision, done);
            } else if (existed) {
                for (String property : now.properties(element)) {
                    if (!UNSEEN.contains(property)
                            && !same(then.get(element, property), now.get(element, property))) {
                        differs(element, property, revision, done);
                    }
                }
                if (!then.text(notes(element)).equals(now.text(notes(element)))) {
                    differs(element, Properties.TEXT, revision, done);
                }
            }
        }
    }

    private static TextId notes(ElementId element) {
        return new TextId(element, Properties.TEXT);
    }

    private static boolean exists(Document document, ElementId element) {
        return element.equals(ElementId.DASHBOARD)
                || Value.of(true).equals(document.get(element, Properties.EXISTS));
    }

    /// What was never set then cannot be set so again.
    private static boolean same(@Nullable Value then, @Nullable Value now) {
        return then == null || then.equals(now);
    }

    private void differs(ElementId element, String property, long revision, Change.Done done) {
        violations.add("restored-otherwise", "after revision " + revision + " was restored as " + done + ", "
                + property + " of " + element + " is not what it was then");
    }
}
