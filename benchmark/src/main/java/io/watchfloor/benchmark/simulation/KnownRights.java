package io.watchfloor.benchmark.simulation;

import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.server.room.Access;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What one instance knows of the rights, which is as old as its last look at them. Confined to its run's thread.
final class KnownRights implements Access {

    private static final int LATENCY = 8;

    private final Rights rights;
    private final Lifetime lifetime;
    private final SplittableRandom random;
    private Map<String, Right> less;
    private long revision;

    KnownRights(Rights rights, Lifetime lifetime, SplittableRandom random) {
        this.rights = rights;
        this.lifetime = lifetime;
        this.random = random;
        less = rights.less();
        revision = rights.revision();
    }

    @Override
    public Right rightOf(String account, DashboardId dashboard) {
        return less.getOrDefault(account, Right.EDIT);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public CompletionStage<Void> refresh() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lifetime.after(random.nextInt(LATENCY), () -> {
            less = rights.less();
            revision = rights.revision();
            lifetime.after(random.nextInt(LATENCY), () -> done.complete(null));
        });
        return done;
    }
}
