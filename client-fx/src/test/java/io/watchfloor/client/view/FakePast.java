package io.watchfloor.client.view;

import io.watchfloor.client.sync.rest.Account;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.protocol.rest.HistoryLine;
import io.watchfloor.protocol.rest.HistoryPage;
import io.watchfloor.protocol.rest.Restored;
import io.watchfloor.protocol.rest.VersionList;
import io.watchfloor.protocol.rest.VersionRow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The past as a server would tell it; a restore adds a line. Confined to the thread that asks.
final class FakePast implements Past {

    private static final int PAGE = 5;
    private static final long NOON = 1_790_000_000_000L;

    final List<Long> restored = new ArrayList<>();
    private final List<HistoryLine> lines = new ArrayList<>();
    private final List<VersionRow> versions = new ArrayList<>();

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
        return done(new HistoryPage(page, first == 1 ? null : first));
    }

    private static <T> CompletableFuture<Outcome<T>> done(T value) {
        return CompletableFuture.completedFuture(new Outcome.Ok<>(value));
    }

    @Override
    public CompletableFuture<Outcome<VersionList>> versions() {
        return done(new VersionList(versions));
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
    public CompletableFuture<Outcome<Restored>> restore(long revision) {
        restored.add(revision);
        long before = lines.size();
        add("anna", "restored the dashboard of revision " + revision);
        return done(new Restored(before, before + 1));
    }
}
