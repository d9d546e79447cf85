package io.watchfloor.server.limit;

import java.util.Locale;

/// How many of something one key may have at the same time, on one instance. Immutable.
public enum Crowd {
    /// TCP connections of one address.
    CONNECTIONS_ADDRESS(2_000),
    /// WebSocket sessions of one account.
    SESSIONS_ACCOUNT(200);

    private final int usual;

    Crowd(int usual) {
        this.usual = usual;
    }

    /// Where the settings do not say otherwise.
    public int usual() {
        return usual;
    }

    /// As it is written on the command line and in metrics: `sessions-account`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
