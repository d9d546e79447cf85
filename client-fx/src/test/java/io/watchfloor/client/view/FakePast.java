package io.watchfloor.client.view;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.rest.DashboardAt;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.protocol.rest.VersionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The past as a server would tell it; a restore adds a line. Confined to the thread that asks.
final class FakePast implements Past {

    static final ElementId THEN = new ElementId(99);
    private static final int PAGE = 5;
    private static final long NOON = 1_790_000_000_000L;

    final List<Long> restored = new ArrayList<>();
    private final List<HistoryLine> lines = new ArrayList<>();
    private final List<VersionRow> versions = new ArrayList<>();
    /// Of the log that it tells of.
    Epoch epoch = new Epoch(new UUID(7, 1));
    /// Whether no revision can be had any more.
    boolean lost;

    FakePast() {
        for (int i = 1; i <= 7; i++) {
            add(i % 2 == 0 ? "bob" : "anna", i % 2 == 0 ? "moved 'CPU'" : "renamed 'Load' to 'Load, 1 min'");
        }
    }

    private void add(String author, String text) {
        int revision = lines.size() + 1;
        lines.addFirst(new HistoryLine(revision, revision, author, NOON + revision * 60_000L, text));
    }

    @Override
    public CompletableFuture<Outcome<HistoryPage>> page(@Nullable Long before) {
        List<HistoryLine> page = lines.stream().filter(line -> before == null || line.revision() < before).limit(PAGE)
                .toList();
        long first = page.getLast().first();
        return done(new HistoryPage(epoch, page, first == 1 ? null : first));
    }

    private static <T> CompletableFuture<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(new Outcome.Ok<>(value));
    }

    @Override
    public CompletableFuture<Outcome<VersionList>> versions() {
        return done(new VersionList(epoch, versions));
    }

    @Override
    public CompletableFuture<Outcome<Account.Done>> name(String name) {
        if (versions.stream().anyMatch(version -> version.name().equals(name))) {
            return CompletableFuture.completedFuture(
                    new Outcome.Refused<>(400, "invalid", "There is a version of this name already."));
        }
        versions.addFirst(new VersionRow(name, lines.size(), "anna", NOON));
        return done(new Account.Done());
    }

    @Override
    public CompletableFuture<Outcome<Account.Done>> forget(String name) {
        versions.removeIf(version -> version.name().equals(name));
        return done(new Account.Done());
    }

    /// One widget, whose title tells the revision.
    @Override
    public CompletableFuture<Outcome<DashboardAt>> at(long revision) {
        if (lost) {
            return CompletableFuture.completedFuture(
                    new Outcome.Refused<>(404, "not-found", "The dashboard has no such revision."));
        }
        List<Assignment> assignments = new ArrayList<>();
        set(assignments, ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall of then"));
        set(assignments, THEN, Properties.EXISTS, Value.of(true));
        set(assignments, THEN, Properties.KIND, Value.of(Properties.KIND_METRIC));
        set(assignments, THEN, Properties.TITLE, Value.of("Revision " + revision));
        set(assignments, THEN, Properties.BOUNDS, new Bounds(0, 0, 6, 4).toValue());
        return done(new DashboardAt(epoch, new Snapshot(revision, assignments)));
    }

    private static void set(List<Assignment> assignments, ElementId element, String property, Value value) {
        assignments.add(new Assignment(element, property, value, new Stamp(1, 0, 1)));
    }

    @Override
    public CompletableFuture<Outcome<Restored>> restore(Epoch of, long revision) {
        if (!of.equals(epoch)) {
            return CompletableFuture.completedFuture(
                    new Outcome.Refused<>(409, "conflict", "The history is another one. Look at it anew."));
        }
        restored.add(revision);
        long before = lines.size();
        add("anna", "restored the dashboard of revision " + revision);
        return done(new Restored(epoch, before, before + 1));
    }
}
