package io.watchfloor.server.auth;

import io.watchfloor.protocol.Role;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Limiter;
import io.watchfloor.server.limit.memory.InMemoryBuckets;
import io.watchfloor.server.store.Device;
import io.watchfloor.server.store.memory.InMemoryAccounts;
import io.watchfloor.server.store.memory.InMemoryFactors;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Everything of this package, wired over stores in memory. Thread-safe.
final class AuthFixture implements AutoCloseable {

    final TestClock clock = new TestClock();
    final SecureRandom random = new SecureRandom();
    final InMemoryAccounts store = new InMemoryAccounts();
    final Recording bus = new Recording();
    final PasswordHasher hasher = new PasswordHasher(random, new PasswordHasher.Cost(64, 1), 2);
    final SigningKeys keys = new SigningKeys(store.tokens(), clock, random);
    final AccessTokens accessTokens = new AccessTokens(keys, clock, Duration.ofMinutes(10));
    final RefreshTokens refreshTokens = new RefreshTokens(store.tokens(), keys, clock);
    final Accounts accounts = new Accounts(store, hasher, clock, random);
    final ServiceTokens serviceTokens = new ServiceTokens(store.tokens(), clock, random);
    final Limiter limiter = new Limiter(new InMemoryBuckets(LimitSettings.USUAL, clock, 1_000), null);
    final InMemoryFactors factorStore = store.factors();
    final SecondFactors factors = new SecondFactors(new SecondFactors.Stores(factorStore, factorStore), keys, clock,
            random, false);
    final Rights rights;
    final SignIns signIns;
    final SignInList signInList;
    final TokenAuthenticator authenticator;

    AuthFixture() {
        keys.prepare();
        accounts.add("alice", Role.EDITOR, "correct horse", false);
        accounts.add("due", Role.ADMIN, "changeme!", true);
        rights = new Rights(store, bus, clock);
        signIns = new SignIns(store, new SignIns.Proofs(hasher, factors), new SignIns.Mint(accessTokens, refreshTokens),
                rights,
                new SignInLimits(limiter, store.tokens(), clock), clock);
        signInList = new SignInList(store.tokens(), rights);
        authenticator = new TokenAuthenticator(accessTokens, rights, new TokenUses(store.tokens(), clock), clock,
                false);
    }

    SignInResult withPassword(String name, String password, Device device) {
        return withPassword(name, password, null, device);
    }

    SignInResult withPassword(String name, String password, @Nullable String code, Device device) {
        return signIns.withPassword(name, password, code, device, Supplier::get);
    }

    SignInResult withCode(String code, Device device) {
        return signIns.withCode(code, device, Supplier::get);
    }

    SignInResult changePassword(String name, String oldPassword, String newPassword, Device device) {
        return signIns.changePassword(name, oldPassword, newPassword, device, Supplier::get);
    }

    @Override
    public void close() {
        hasher.close();
    }

    /// A bus that keeps what was published.
    static final class Recording implements EventBus {

        final List<BusMessage> published = new CopyOnWriteArrayList<>();
        private final List<Consumer<BusMessage>> listeners = new CopyOnWriteArrayList<>();

        void arrive(BusMessage message) {
            listeners.forEach(listener -> listener.accept(message));
        }

        @Override
        public void publish(BusMessage message) {
            published.add(message);
        }

        @Override
        public void subscribe(Consumer<BusMessage> listener) {
            listeners.add(listener);
        }

        @Override
        public void onGap(Runnable listener) {}

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void close() {}
    }
}
