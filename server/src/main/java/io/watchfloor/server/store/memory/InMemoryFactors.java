package io.watchfloor.server.store.memory;

import io.watchfloor.server.store.Invitation;
import io.watchfloor.server.store.InvitationStore;
import io.watchfloor.server.store.SecondFactor;
import io.watchfloor.server.store.SecondFactorStore;
import io.watchfloor.server.store.SettingStore;
import io.watchfloor.server.store.TokenHash;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Second factors, invitations and settings in memory, for tests and simulation. Thread-safe.
public final class InMemoryFactors implements SecondFactorStore, InvitationStore, SettingStore {

    private static final class Kept {

        private byte @Nullable [] secret;
        private byte @Nullable [] pending;
        private long pendingSince;
        private long lastStep;
        private final Set<TokenHash> codes = new HashSet<>();
    }

    private final Map<String, Kept> factors = new HashMap<>();
    private final Map<String, Invitation> invitations = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Runnable changed;

    /// Where nobody asks for rights.
    public InMemoryFactors() {
        this(() -> {});
    }

    /// @param changed is called when rights have changed
    InMemoryFactors(Runnable changed) {
        this.changed = changed;
    }

    @Override
    public synchronized @Nullable SecondFactor secondFactor(String account) {
        Kept kept = factors.get(account);
        return kept == null
                ? null
                : new SecondFactor(kept.secret, kept.pending, kept.pendingSince,
                        kept.codes.size());
    }

    @Override
    public synchronized Set<String> withSecondFactor() {
        return factors.entrySet().stream().filter(each -> each.getValue().secret != null).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void keepPending(String account, byte[] sealed, long now) {
        Kept kept = factors.computeIfAbsent(account, _ -> new Kept());
        kept.pending = sealed;
        kept.pendingSince = now;
    }

    @Override
    public synchronized boolean confirm(String account, long step, List<TokenHash> recoveryCodes) {
        Kept kept = factors.get(account);
        if (kept == null || kept.pending == null) {
            return false;
        }
        kept.secret = kept.pending;
        kept.pending = null;
        kept.pendingSince = 0;
        changed.run();
        kept.lastStep = step;
        replaceRecoveryCodes(account, recoveryCodes);
        return true;
    }

    @Override
    public synchronized boolean useStep(String account, long step) {
        Kept kept = factors.get(account);
        if (kept == null || kept.lastStep >= step) {
            return false;
        }
        kept.lastStep = step;
        return true;
    }

    @Override
    public synchronized boolean useRecoveryCode(String account, TokenHash code) {
        Kept kept = factors.get(account);
        return kept != null && kept.codes.remove(code);
    }

    @Override
    public synchronized void replaceRecoveryCodes(String account, List<TokenHash> codes) {
        Kept kept = factors.get(account);
        if (kept != null) {
            kept.codes.clear();
            kept.codes.addAll(codes);
        }
    }

    @Override
    public synchronized boolean removeSecondFactor(String account) {
        changed.run();
        return factors.remove(account) != null;
    }

    @Override
    public synchronized void invite(Invitation invitation) {
        invitations.put(invitation.id(), invitation);
    }

    @Override
    public synchronized List<Invitation> invitations(long now) {
        return invitations.values().stream().filter(invitation -> invitation.expiresAt() > now)
                .sorted(Comparator.comparingLong(Invitation::createdAt).reversed()).toList();
    }

    @Override
    public synchronized @Nullable Invitation invitation(TokenHash code, long now) {
        return invitations(now).stream().filter(invitation -> invitation.code().equals(code)).findFirst().orElse(null);
    }

    @Override
    public synchronized boolean removeInvitation(String id) {
        return invitations.remove(id) != null;
    }

    @Override
    public synchronized @Nullable String setting(String name) {
        return settings.get(name);
    }

    @Override
    public synchronized void set(String name, String value) {
        settings.put(Objects.requireNonNull(name), value);
        changed.run();
    }

    synchronized Map<String, String> settings() {
        return Map.copyOf(settings);
    }
}
