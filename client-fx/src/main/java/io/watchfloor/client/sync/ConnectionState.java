package io.watchfloor.client.sync;

/// How the connection to the server stands. Reasons are sentences for people. Immutable.
public sealed interface ConnectionState {

    /// Asked for a connection, or about to.
    record Connecting() implements ConnectionState {}

    /// Connected and greeted.
    ///
    /// @param latency milliseconds there and back, latest measurement; -1 before the first
    record Online(long latency) implements ConnectionState {}

    /// Disconnected; tries again by itself.
    ///
    /// @param nextAttempt milliseconds since 1970 UTC by this machine's clock
    record Waiting(long nextAttempt, String reason) implements ConnectionState {}

    /// Disconnected, until a person has done something about it.
    ///
    /// @param signedOut whether it is that the account has to sign in again
    record Stopped(String reason, boolean signedOut) implements ConnectionState {

        public Stopped(String reason) {
            this(reason, false);
        }
    }
}
