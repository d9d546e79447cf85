package io.watchfloor.server;

import io.watchfloor.server.http.Exposure;
import io.watchfloor.server.http.ListenAddress;
import io.watchfloor.server.limit.LimitSettings;
import io.watchfloor.server.store.postgres.DatabaseAddress;
import io.watchfloor.server.store.postgres.DatabaseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything that is decided about a server before it starts. Immutable.
///
/// @param instance tells the instances of one installation apart
/// @param dataDir holds the embedded database and the first administrator's password
/// @param redis absent where this is the only instance
/// @param keeping for how long
public record ServerConfig(String instance, Path dataDir, Listening listening, DatabaseChoice database,
        @Nullable URI redis, Keeping keeping, AtStart atStart) {

    /// One that keeps the history for as long as it is kept unless told otherwise.
    public ServerConfig(String instance, Path dataDir, Listening listening, DatabaseChoice database,
            @Nullable URI redis, Duration samples, AtStart atStart) {
        this(instance, dataDir, listening, database, redis, new Keeping(samples, Keeping.HISTORY), atStart);
    }

    /// How long things are kept.
    ///
    /// @param history who changed what
    /// @param emptyRooms how often rooms are looked for that nobody is in any more, to be closed
    public record Keeping(Duration samples, Duration history, Duration emptyRooms) {

        static final Duration HISTORY = Duration.ofDays(400);
        static final Duration EMPTY_ROOMS = Duration.ofMinutes(1);

        /// With the usual time for empty rooms.
        public Keeping(Duration samples, Duration history) {
            this(samples, history, EMPTY_ROOMS);
        }
    }

    /// Where it listens.
    ///
    /// @param metrics a port of its own for `/metrics`; absent for the common port
    /// @param exposure how it may be reached from beyond its own machine
    /// @param limits how much addresses, accounts and connections may take
    public record Listening(ListenAddress address, @Nullable ListenAddress metrics, Exposure exposure,
            LimitSettings limits) {

        /// In the clear, with the usual limits.
        public Listening(ListenAddress address, @Nullable ListenAddress metrics, boolean insecureHttp) {
            this(address, metrics, insecureHttp ? Exposure.INSECURE : Exposure.OWN_MACHINE, LimitSettings.USUAL);
        }
    }

    /// Which database it keeps everything in.
    public sealed interface DatabaseChoice {

        /// A user who brings the tables to this version's, and does nothing else.
        record Owner(String user, @Nullable String password) {

            /// Without the password, so that it cannot come into a log.
            @Override
            public String toString() {
                return "Owner[" + user + "]";
            }
        }

        /// One of its own, in the data directory.
        record Embedded() implements DatabaseChoice {}

        /// Somebody else's.
        ///
        /// @param url `jdbc:postgresql://...`
        /// @param owner who owns the tables; absent where the user who serves does
        /// @param durable whether to refuse a database that may lose what it has confirmed; false in tests only
        record External(String url, @Nullable String user, @Nullable String password, @Nullable Owner owner,
                boolean durable) implements DatabaseChoice {

            /// With one user for everything.
            public External(String url, @Nullable String user, @Nullable String password, boolean durable) {
                this(url, user, password, null, durable);
            }

            DatabaseSettings settings(int connections) {
                return new DatabaseSettings(new DatabaseAddress(url, user, password),
                        owner == null ? null : new DatabaseAddress(url, owner.user(), owner.password()), connections,
                        !durable);
            }

            /// Without the password, so that it cannot come into a log.
            @Override
            public String toString() {
                return "External[" + url + "]";
            }
        }
    }

    /// What it does once, when it starts.
    ///
    /// @param adminPassword of the first administrator, where he is made now; absent for a random one
    /// @param signInCodes files to write one-time sign-in codes into, by name of the user
    /// @param readyFile is made when the server serves, and holds its address
    /// @param keyFile holds the key that the installation's keys are sealed with; absent to leave them open
    /// @param secondFactorOptional whether nobody has to have a second factor, whatever administrators have decided
    public record AtStart(@Nullable String adminPassword, Map<String, Path> signInCodes, @Nullable Path readyFile,
            boolean secondFactorOptional, @Nullable Path keyFile) {

        /// With keys that lie open in the database.
        public AtStart(@Nullable String adminPassword, Map<String, Path> signInCodes, @Nullable Path readyFile,
                boolean secondFactorOptional) {
            this(adminPassword, signInCodes, readyFile, secondFactorOptional, null);
        }

        /// For tests, which sign in with passwords alone.
        public AtStart(@Nullable String adminPassword, Map<String, Path> signInCodes, @Nullable Path readyFile) {
            this(adminPassword, signInCodes, readyFile, true);
        }

        public AtStart {
            signInCodes = Map.copyOf(signInCodes);
        }

        @Override
        public String toString() {
            return "AtStart[" + signInCodes + ", " + readyFile + "]";
        }
    }
}
