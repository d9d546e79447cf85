package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the history panel shows, without nodes. Confined to its owner's executor, where the futures of its [Past] complete.
final class HistoryModel {

    /// What it tells of.
    interface Listener {

        void changed();

        /// @param before revision whose restore takes this one back
        void restored(long before);

        void told(String sentence);
    }

    private final Past past;
    private final Listener listener;
    private final List<HistoryLine> lines = new ArrayList<>();
    private List<VersionRow> versions = List.of();
    private @Nullable Long next;
    private String problem = "";
    private boolean loading = true;
    private boolean closed;

    HistoryModel(Past past, Listener listener) {
        this.past = past;
        this.listener = listener;
    }

    /// Newest first.
    List<HistoryLine> lines() {
        return List.copyOf(lines);
    }

    List<VersionRow> versions() {
        return versions;
    }

    boolean hasMore() {
        return next != null;
    }

    boolean loading() {
        return loading;
    }

    /// Why there is nothing to show, or empty.
    String problem() {
        return problem;
    }

    /// Reads what is new. Older lines that were read before stay.
    void refresh() {
        take(past.page(null), page -> {
            List<HistoryLine> older = new ArrayList<>();
            if (!page.lines().isEmpty()) {
                long first = page.lines().getLast().first();
                boolean joins = lines.stream().anyMatch(line -> line.revision() == first - 1);
                lines.stream().filter(line -> joins && line.revision() < first).forEach(older::add);
            }
            lines.clear();
            lines.addAll(page.lines());
            lines.addAll(older);
            if (older.isEmpty()) {
                next = page.next();
            }
        });
        var _ = past.versions().thenAccept(outcome -> {
            if (outcome instanceof Outcome.Ok<io.watchfloor.protocol.rest.VersionList>(var list) && !closed) {
                versions = list.versions();
                listener.changed();
            }
        });
    }

    /// Reads the lines before those.
    void more() {
        Long before = next;
        if (before != null && !loading) {
            take(past.page(before), page -> {
                lines.addAll(page.lines());
                next = page.next();
            });
        }
    }

    private void take(CompletableFuture<Outcome<HistoryPage>> asked, java.util.function.Consumer<HistoryPage> then) {
        loading = true;
        var _ = asked.thenAccept(outcome -> {
            loading = false;
            if (closed) {
                return;
            }
            problem = switch (outcome) {
                case Outcome.Ok<HistoryPage>(HistoryPage page) -> {
                    then.accept(page);
                    yield "";
                }
                case Outcome.Refused<HistoryPage> refused -> refused.sentence();
                case Outcome.Unreachable<HistoryPage> unreachable -> unreachable.sentence();
            };
            listener.changed();
        });
    }

    void name(String name) {
        if (name.isBlank()) {
            return;
        }
        var _ = past.name(name.strip()).thenAccept(outcome -> {
            if (closed) {
                return;
            }
            switch (outcome) {
                case Outcome.Ok<?> _ -> refresh();
                case Outcome.Refused<?> refused -> listener.told(refused.sentence());
                case Outcome.Unreachable<?> unreachable -> listener.told(unreachable.sentence());
            }
        });
    }

    void restore(long revision) {
        var _ = past.restore(revision).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<Restored>(Restored done) -> {
                    if (done.before() == done.revision()) {
                        listener.told("The dashboard looks like that already.");
                    } else {
                        listener.restored(done.before());
                    }
                    if (!closed) {
                        refresh();
                    }
                }
                case Outcome.Refused<Restored> refused -> listener.told(refused.sentence());
                case Outcome.Unreachable<Restored> unreachable -> listener.told(unreachable.sentence());
            }
        });
    }

    void close() {
        closed = true;
    }
}
