package io.watchfloor.server.store.memory;

import io.watchfloor.document.DashboardId;
import io.watchfloor.server.store.Kiosk;
import io.watchfloor.server.store.KioskStore;
import io.watchfloor.server.store.TokenHash;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Wall screens in memory, for tests. Thread-safe.
public final class InMemoryKiosks implements KioskStore {

    private record Code(String kiosk, long expiresAt) {}

    private final Map<String, Kiosk> kiosks = new TreeMap<>();
    private final Map<TokenHash, Code> codes = new HashMap<>();
    private final Map<String, Long> challenges = new HashMap<>();
    private final Runnable changed;

    /// @param changed is called when rights have changed
    InMemoryKiosks(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public synchronized List<Kiosk> kiosks() {
        return List.copyOf(kiosks.values());
    }

    @Override
    public synchronized @Nullable Kiosk kiosk(String name) {
        return kiosks.get(name);
    }

    @Override
    public synchronized boolean add(Kiosk kiosk, TokenHash code, long expiresAt) {
        if (kiosks.keySet().stream().anyMatch(kiosk.name()::equalsIgnoreCase)) {
            return false;
        }
        kiosks.put(kiosk.name(), kiosk);
        codes.put(code, new Code(kiosk.name(), expiresAt));
        changed.run();
        return true;
    }

    @Override
    public synchronized boolean renewCode(String name, TokenHash code, long expiresAt) {
        codes.values().removeIf(other -> other.kiosk.equals(name));
        codes.put(code, new Code(name, expiresAt));
        return replace(name, old -> new Kiosk(name, old.signIn(), old.generation() + 1, null, old.dashboards(),
                old.made(), old.used()), true);
    }

    @Override
    public synchronized boolean changeDashboards(String name, List<DashboardId> dashboards) {
        return replace(name, old -> new Kiosk(name, old.signIn(), old.generation(), old.publicKey(), dashboards,
                old.made(), old.used()), true);
    }

    @Override
    public synchronized @Nullable Kiosk enrol(TokenHash code, String publicKey, long now) {
        Code taken = codes.get(code);
        if (taken == null || taken.expiresAt <= now) {
            return null;
        }
        codes.remove(code);
        replace(taken.kiosk, old -> new Kiosk(old.name(), old.signIn(), old.generation(), publicKey, old.dashboards(),
                old.made(), old.used()), true);
        return kiosks.get(taken.kiosk);
    }

    @Override
    public synchronized boolean use(String name, int generation, long challenge, Kiosk.Used used) {
        Kiosk kiosk = kiosks.get(name);
        if (kiosk == null || kiosk.generation() != generation || challenges.getOrDefault(name, 0L) >= challenge) {
            return false;
        }
        challenges.put(name, challenge);
        return replace(name, old -> new Kiosk(name, old.signIn(), old.generation(), old.publicKey(), old.dashboards(),
                old.made(), used), false);
    }

    @Override
    public synchronized boolean remove(String name) {
        codes.values().removeIf(code -> code.kiosk.equals(name));
        challenges.remove(name);
        boolean removed = kiosks.remove(name) != null;
        changed.run();
        return removed;
    }

    /// Forgets a dashboard that was deleted.
    synchronized void forgetDashboards() {
        for (Entry<String, Kiosk> each : kiosks.entrySet()) {
            changeDashboards(each.getKey(), List.of());
        }
    }

    private boolean replace(String name, UnaryOperator<Kiosk> by, boolean rights) {
        boolean there = kiosks.computeIfPresent(name, (_, old) -> by.apply(old)) != null;
        if (there && rights) {
            changed.run();
        }
        return there;
    }
}
