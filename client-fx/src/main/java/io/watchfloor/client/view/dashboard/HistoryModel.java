package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.PastDashboard;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.protocol.rest.VersionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What the history panel shows, without nodes. Confined to its owner's executor, where the futures of its [Past] complete.
final class HistoryModel {

    /// What it tells of.
    interface Listener {

        void changed();

        /// @param before revision whose restore takes this one back
        /// @param epoch that it is of
        void restored(Epoch epoch, long before);

        void told(String sentence);

        /// @param looked what is looked at now; null where it is the dashboard of now again
        void looking(@Nullable Looked looked);
    }

    /// A dashboard as it was.
    ///
    /// @param caption what is told of that moment
    record Looked(long revision, String caption, PastDashboard dashboard) {}

    private final Past past;
    private final Listener listener;
    private final List<HistoryLine> lines = new ArrayList<>();
    private List<VersionRow> versions = List.of();
    private @Nullable Long next;
    /// Of the log that all of these are of: after a restore from a backup numbers of revisions mean something else.
    private @Nullable Epoch epoch;
    private String problem = "";
    private boolean loading = true;
    private @Nullable Long asked;
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
            if (!page.epoch().equals(epoch)) {
                begin(page.epoch());
            }
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
            if (outcome instanceof Outcome.Ok<VersionList>(VersionList list) && !closed) {
                if (epoch == null) {
                    epoch = list.epoch();
                }
                versions = list.epoch().equals(epoch) ? list.versions() : List.of();
                listener.changed();
            }
        });
    }

    private void begin(Epoch other) {
        if (epoch != null) {
            lines.clear();
            versions = List.of();
            lookAtNow();
        }
        epoch = other;
    }

    /// Reads the lines before those.
    void more() {
        Long before = next;
        if (before != null && !loading) {
            take(past.page(before), page -> {
                if (page.epoch().equals(epoch)) {
                    lines.addAll(page.lines());
                    next = page.next();
                } else {
                    refresh();
                }
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
            if (!closed) {
                failure(outcome).ifPresentOrElse(listener::told, this::refresh);
            }
        });
    }

    /// Takes the name of a version away.
    void forget(String name) {
        var _ = past.forget(name).thenAccept(outcome -> {
            if (!closed) {
                failure(outcome).ifPresentOrElse(listener::told, this::refresh);
            }
        });
    }

    /// Shows the dashboard as it was at a revision; asked again, as it is now.
    ///
    /// @param caption what is told of that moment
    void look(long revision, String caption) {
        if (asked != null && asked == revision) {
            lookAtNow();
            return;
        }
        asked = revision;
        var _ = past.at(revision).thenAccept(outcome -> {
            if (closed || asked == null || asked != revision) {
                return; // another one was asked for meanwhile
            }
            if (outcome instanceof Outcome.Ok<DashboardAt>(DashboardAt at) && !at.epoch().equals(epoch)) {
                lookAtNow();
                refresh();
            } else if (outcome instanceof Outcome.Ok<DashboardAt>(DashboardAt at)) {
                listener.looking(new Looked(revision, caption, new PastDashboard(at.snapshot())));
            } else {
                lookAtNow();
                failure(outcome).ifPresent(listener::told);
            }
        });
    }

    void lookAtNow() {
        if (asked != null) {
            asked = null;
            listener.looking(null);
        }
    }

    /// The revision that is looked at, or was asked for; null where it is now.
    @Nullable
    Long lookedAt() {
        return asked;
    }

    /// What a person is told of an outcome that is not the one hoped for.
    private static Optional<String> failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Ok<?> _ -> Optional.empty();
            case Outcome.Refused<?> refused -> Optional.of(refused.sentence());
            case Outcome.Unreachable<?> unreachable -> Optional.of(unreachable.sentence());
        };
    }

    /// Restores a revision of those that are shown.
    void restore(long revision) {
        Epoch known = epoch;
        if (known != null) {
            restore(known, revision);
        }
    }

    void restore(Epoch of, long revision) {
        lookAtNow();
        var _ = past.restore(of, revision).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<Restored>(Restored done) -> {
                    if (done.before() == done.revision()) {
                        listener.told("The dashboard looks like that already.");
                    } else {
                        listener.restored(done.epoch(), done.before());
                    }
                    if (!closed) {
                        refresh();
                    }
                }
                case Outcome.Refused<Restored> _, Outcome.Unreachable<Restored> _ -> {
                    failure(outcome).ifPresent(listener::told);
                    if (!closed) {
                        refresh(); // what is shown may be what no longer is
                    }
                }
            }
        });
    }

    void close() {
        lookAtNow();
        closed = true;
    }
}
