package io.watchfloor.client.sync;

import java.util.concurrent.CompletableFuture;

/// Access tokens of the signed-in account. Thread-safe.
public interface Credentials {

    /// A token that is valid for some time still; gets a new one where the last is about to expire.
    ///
    /// @param renewed true where the last token must not be used again, as after the server refused it
    /// @return never completes exceptionally
    CompletableFuture<Answer> accessToken(boolean renewed);

    /// The outcome.
    sealed interface Answer {

        /// @param expiresAt milliseconds since 1970 UTC, server time
        record Token(String text, long expiresAt) implements Answer {

            /// Keeps the secret out of logs.
            @Override
            public String toString() {
                return "Token[expiresAt=" + expiresAt + "]";
            }
        }

        /// The account has to sign in again.
        record Denied(String reason) implements Answer {}

        /// Not known now; try again later.
        record Unreachable(String reason) implements Answer {}
    }
}
