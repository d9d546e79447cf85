package io.watchfloor.server.limit;

import java.time.Duration;
import java.util.Locale;

/// How often something may happen for one key: an address, an account or a connection. Each is a bucket that holds so
/// many tokens when it is full, and fills evenly within its window. Immutable.
///
/// What is asked of Redis is asked on virtual threads that answer requests; a connection's messages are counted in
/// memory only, so that neither a selector nor a room ever waits for Redis.
public enum Limit {
    /// Attempts to sign in that failed or are under way, by address: a whole control room may begin its shift at once.
    SIGN_IN_ADDRESS(300, Duration.ofMinutes(5), Reach.SHARED, Outage.OPEN),
    /// Attempts to sign in that failed, by address and name.
    SIGN_IN_NAME(10, Duration.ofMinutes(1), Reach.SHARED, Outage.OPEN),
    /// Attempts to sign in that failed, by name, from all addresses that this name has not signed in from before.
    SIGN_IN_ACCOUNT(100, Duration.ofHours(1), Reach.SHARED, Outage.OPEN),
    /// One-time codes that were wrong, by address. Whoever has one can wait for Redis.
    SIGN_IN_CODE(10, Duration.ofMinutes(1), Reach.SHARED, Outage.CLOSED),
    /// Second factors that were wrong, by account.
    SECOND_FACTOR(10, Duration.ofMinutes(10), Reach.SHARED, Outage.OPEN),
    /// Old passwords that were wrong when one was to be changed, by account. A password can wait for Redis.
    PASSWORD_CHANGE(10, Duration.ofMinutes(10), Reach.SHARED, Outage.CLOSED),
    /// Refresh tokens that were wrong or are being looked at, by address. They have too many bits to be guessed, and all
    /// desktops behind one address come at once when a server is back.
    RENEWAL(1_000, Duration.ofMinutes(1), Reach.SHARED, Outage.OPEN),
    /// Requests, by address.
    REQUESTS_ADDRESS(1_000, Duration.ofSeconds(10), Reach.SHARED, Outage.OPEN),
    /// Requests, by account or service token.
    REQUESTS_CALLER(500, Duration.ofSeconds(10), Reach.SHARED, Outage.OPEN),
    /// Handshakes of WebSockets, by address.
    HANDSHAKES(1_000, Duration.ofSeconds(10), Reach.SHARED, Outage.OPEN),
    /// Messages of a connection; more are read later.
    MESSAGES(2_000, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Pushes of a connection; more are read later, for an edit must not be lost.
    PUSHES(1_000, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Joins of a connection, each of which reads the log; more are refused.
    JOINS(300, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Presence of a connection; more is left out, for the next one replaces it.
    PRESENCE(600, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Queries of a connection; more are refused, with the time to wait.
    QUERIES(600, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Control frames of a connection, such as pings; more end it.
    CONTROL_FRAMES(100, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN),
    /// Frames of a connection, pieces of messages among them; more end it.
    FRAMES(20_000, Duration.ofSeconds(10), Reach.LOCAL, Outage.OPEN);

    /// Who counts together.
    public enum Reach {
        /// Each instance for itself.
        LOCAL,
        /// All instances, through Redis where there is one.
        SHARED
    }

    /// What happens while the Redis that is to count cannot be asked.
    public enum Outage {
        /// Fails open: what this instance counts decides alone.
        OPEN,
        /// Fails closed: it is refused until Redis is back.
        CLOSED
    }

    private final long usual;
    private final Duration window;
    private final Reach reach;
    private final Outage outage;

    Limit(long usual, Duration window, Reach reach, Outage outage) {
        this.usual = usual;
        this.window = window;
        this.reach = reach;
        this.outage = outage;
    }

    /// Times within the window, where the settings do not say otherwise.
    public long usual() {
        return usual;
    }

    public Duration window() {
        return window;
    }

    public Reach reach() {
        return reach;
    }

    public Outage outage() {
        return outage;
    }

    /// As it is written on the command line and in metrics: `sign-in-address`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
