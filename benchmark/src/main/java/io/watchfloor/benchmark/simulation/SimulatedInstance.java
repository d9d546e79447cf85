package io.watchfloor.benchmark.simulation;

import io.watchfloor.protocol.Role;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.sample.Result;
import io.watchfloor.sample.Series;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.ServiceCaller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.history.Histories;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.limit.Places;
import io.watchfloor.server.room.Access;
import io.watchfloor.server.room.RoomContext;
import io.watchfloor.server.room.RoomFigures;
import io.watchfloor.server.room.Rooms;
import io.watchfloor.server.session.Session;
import io.watchfloor.server.session.SessionContext;
import io.watchfloor.server.session.Sessions;
import io.watchfloor.server.session.Transport;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A server instance: real rooms and sessions on a simulated process, store and bus. It can be killed and started
/// again. Confined to its run's thread.
final class SimulatedInstance {

    /// What instances have in common.
    record Installation(Database database, List<SimulatedBus> buses, Rights rights) {}

    private static final long TOKEN_FOR_EVER = Long.MAX_VALUE / 4;

    private final Surroundings surroundings;
    private final Installation installation;
    private final int index;
    private final SplittableRandom random;
    private final RoomFigures figures = new RoomFigures();
    private final Runnable whenKilled;
    private long clockOffset;
    private long downFor = -1;
    private boolean killAfterCommit;
    private boolean killBeforeBroadcast;
    private int starts;
    private int sessions;
    private Lifetime lifetime;
    private InstanceStore store;
    private SimulatedBus bus;
    private Sessions open;
    private @Nullable Rooms rooms;
    private @Nullable Histories histories;
    private @Nullable Access access;
    private @Nullable SessionContext context;

    /// @param whenKilled run when the process ends
    SimulatedInstance(Surroundings surroundings, Installation installation, int index, Runnable whenKilled) {
        this.surroundings = surroundings;
        this.installation = installation;
        this.index = index;
        this.whenKilled = whenKilled;
        this.random = surroundings.random().split();
        lifetime = new Lifetime(surroundings.scheduler());
        store = new InstanceStore(surroundings, lifetime, installation.database(), random.split(), this::committed);
        bus = new SimulatedBus(installation.buses(), surroundings, lifetime, random.split(), this::publishing);
        open = new Sessions(lifetime::after);
    }

    Lifetime lifetime() {
        return lifetime;
    }

    InstanceStore store() {
        return store;
    }

    SimulatedBus bus() {
        return bus;
    }

    RoomFigures figures() {
        return figures;
    }

    private long clock() {
        return surroundings.scheduler().now() + clockOffset;
    }

    void turnClock(long millis) {
        clockOffset += millis;
    }

    void start() {
        starts++;
        Parts parts = surroundings.parts();
        if (starts > 1) {
            lifetime = new Lifetime(surroundings.scheduler());
            store = new InstanceStore(surroundings, lifetime, installation.database(), random.split(),
                    this::committed);
            bus = new SimulatedBus(installation.buses(), surroundings, lifetime, random.split(), this::publishing);
            open = new Sessions(lifetime::after);
        }
        Access known = parts.access(new KnownRights(installation.rights(), lifetime, random.split()));
        access = known;
        Rooms made = new Rooms(new RoomContext.Surroundings(name(), parts.store(store.port(), lifetime),
                parts.bus(bus), known, this::clock, lifetime::after, figures), lifetime);
        rooms = made;
        histories = new Histories(installation.database().history(), made, () -> Instant.ofEpochMilli(clock()),
                new RestorerIds(random.split()));
        context = new SessionContext(new SessionContext.Identity(name(), "simulated"), new Everybody(), made,
                (_, _, _) -> noSamples(), new SessionContext.Running(this::clock, lifetime, lifetime::after),
                new SessionContext.Allowance(LimitSettings.USUAL,
                        new Places(Crowd.SESSIONS_ACCOUNT, LimitSettings.USUAL)));
    }

    private static Result noSamples() {
        return new Series(List.of());
    }

    String name() {
        return "instance " + index;
    }

    /// @return null where nobody is taken in
    @Nullable
    Session accept(Transport connection, String token) {
        SessionContext known = context;
        if (known == null || lifetime.over()) {
            return null;
        }
        sessions++;
        Session session = new Session("session " + index + "." + sessions, Encoding.CBOR, connection, known, token,
                "simulated");
        return open.add(session) ? session : null;
    }

    void closed(@Nullable Session session) {
        if (session != null) {
            open.remove(session);
        }
    }

    /// Restores an earlier revision for somebody.
    ///
    /// @param choice chooses one of those that there are
    void restore(String account, long choice) {
        lifetime.execute(() -> {
            Histories known = histories;
            Chronicle log = installation.database().log();
            if (known == null || log.head() == 0) {
                return;
            }
            long revision = 1 + choice % log.head();
            known.beginRestore(Database.DASHBOARD, account, revision, log.epoch()).whenComplete((done, _) -> {
                if (done == null) {
                    surroundings.tally().count("restore of a revision refused");
                } else {
                    surroundings.tally().count("revision restored");
                    new Looks(surroundings.witness()).check(log.at(revision), revision, done);
                }
            });
        });
    }

    /// The rights have changed; it learns of that a little later.
    void rightsChanged() {
        Access known = access;
        Rooms with = rooms;
        if (known != null && with != null) {
            lifetime.after(random.nextInt(600), () -> known.refresh().thenRun(with::recheckRights));
        }
    }

    void kill(long millis) {
        if (!lifetime.over()) {
            surroundings.tally().count("instance killed");
            lifetime.end();
            bus.close();
            whenKilled.run();
            surroundings.scheduler().after(millis, this::startAgain);
        }
    }

    /// Starts it where it is not running.
    void startAgain() {
        if (lifetime.over()) {
            start();
        }
    }

    void killAfterCommit(long millis) {
        killAfterCommit = true;
        downFor = millis;
    }

    void killBeforeBroadcast(long millis) {
        killBeforeBroadcast = true;
        downFor = millis;
    }

    private void committed() {
        if (killAfterCommit) {
            killAfterCommit = false;
            surroundings.tally().count("killed between commit and ack");
            kill(downFor);
        }
    }

    private void publishing() {
        if (killBeforeBroadcast) {
            killBeforeBroadcast = false;
            surroundings.tally().count("killed between commit and broadcast");
            kill(downFor);
        }
    }

    void heal() {
        killAfterCommit = false;
        killBeforeBroadcast = false;
        startAgain();
        store.heal();
        bus.heal();
    }

    /// Makes ids for the replicas that restores are made under, which all begin alike.
    private static final class RestorerIds implements RandomGenerator {

        private final SplittableRandom random;
        private boolean second = true;

        RestorerIds(SplittableRandom random) {
            this.random = random;
        }

        @Override
        public long nextLong() {
            second = !second;
            return second ? random.nextLong() : Database.RESTORERS;
        }
    }

    /// Lets everybody in under the name that the token is.
    private static final class Everybody implements Authenticator {

        @Override
        public Caller authenticate(String bearerToken) {
            return new Caller(bearerToken, Role.EDITOR, TOKEN_FOR_EVER, false);
        }

        @Override
        public Standing standing(Caller caller) {
            return new Standing.Good(caller);
        }

        @Override
        public @Nullable ServiceCaller authenticateService(String bearerToken) {
            return null;
        }
    }
}
