package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.store.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The reference: what the store has made durable, epoch by epoch. What the database holds now is [#now]; what was told
/// before it was restored is held against the log that it held then. Confined to its run's thread.
final class LogBook {

    private final BiConsumer<String, String> violated;
    private final Map<Epoch, Chronicle> chronicles = new HashMap<>();
    private final Set<String> restoredAway = new HashSet<>();
    private List<Entry> creation = List.of();
    private @Nullable Chronicle now;

    /// @param violated takes the rule and what was seen
    LogBook(BiConsumer<String, String> violated) {
        this.violated = violated;
    }

    /// @param entries that the dashboard begins with
    void begin(Epoch epoch, List<Entry> entries) {
        creation = List.copyOf(entries);
        begin(new Chronicle(epoch, creation, violated));
    }

    /// The database was restored: of the log so many groups are left, and it goes on in another epoch.
    void restored(Epoch epoch, int groups) {
        begin(now().after(groups, epoch, creation));
    }

    private void begin(Chronicle chronicle) {
        chronicles.put(chronicle.epoch(), chronicle);
        now = chronicle;
    }

    /// Takes down what has become durable in one transaction.
    void committed(List<Decision> group, Rights rights) {
        for (Decision decision : group) {
            if (decision instanceof Decision.Accepted accepted
                    && rights.of(accepted.entry().author()) != Right.EDIT) {
                violated.accept("edit-without-right", "logged after the right was taken: " + accepted.entry());
            }
        }
        List<String> before = restores(group) ? words() : List.of();
        now().committed(group);
        if (!before.isEmpty()) {
            List<String> gone = new ArrayList<>(before);
            gone.removeAll(words());
            restoredAway.addAll(gone);
        }
    }

    /// Words that an earlier revision did not have and that somebody restored.
    Set<String> restoredAway() {
        return restoredAway;
    }

    private List<String> words() {
        return now().texts().stream().flatMap(text -> Typescript.words(text).stream()).toList();
    }

    private boolean restores(List<Decision> group) {
        return group.stream().anyMatch(decision -> now().isRestorer(decision.replica()));
    }

    /// Whether the database was put back at some time, so that it may lack what somebody has seen.
    boolean wasRestored() {
        return chronicles.size() > 1;
    }

    /// What the database holds.
    Chronicle now() {
        Chronicle known = now;
        if (known == null) {
            throw new IllegalStateException("nothing was made durable yet");
        }
        return known;
    }

    /// What was durable in an epoch; null where there never was such an epoch.
    @Nullable
    Chronicle of(@Nullable Epoch epoch) {
        return chronicles.get(epoch);
    }

    long head() {
        return now().head();
    }
}
