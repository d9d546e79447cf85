package io.watchfloor.client.sync.rest;

import io.watchfloor.client.sync.trust.UnknownServer;
import io.watchfloor.protocol.rest.ProblemCode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What came of a request. Immutable.
public sealed interface Outcome<T> {

    /// It was done.
    record Ok<T>(T value) implements Outcome<T> {}

    /// The server refused it.
    ///
    /// @param status of HTTP
    /// @param code stable name of the problem, as in `docs/PROTOCOL.md`; empty where the answer had none
    /// @param sentence for people
    /// @param field the part of what was asked that is wrong; empty where it is none
    /// @param retryAfter seconds to wait before the next attempt; 0 where none were told
    record Refused<T>(int status, String code, String sentence, String field, long retryAfter) implements Outcome<T> {

        public Refused(int status, String code, String sentence) {
            this(status, code, sentence, "", 0);
        }

        /// Whether it was refused because the account is disabled.
        public boolean disabled() {
            return code.equals(ProblemCode.ACCOUNT_DISABLED.code());
        }

        <U> Outcome<U> as() {
            return new Refused<>(status, code, sentence, field, retryAfter);
        }
    }

    /// The server did not answer, or what answered is not a Watchfloor server.
    ///
    /// @param sentence for people
    /// @param unknown the server that answered, where it is not trusted
    record Unreachable<T>(String sentence, @Nullable UnknownServer unknown) implements Outcome<T> {

        public Unreachable(String sentence) {
            this(sentence, null);
        }

        <U> Outcome<U> as() {
            return new Unreachable<>(sentence, unknown);
        }
    }

    /// The same with another value.
    default <U> Outcome<U> map(Function<T, U> change) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(change.apply(value));
            case Refused<T> refused -> refused.as();
            case Unreachable<T> unreachable -> unreachable.as();
        };
    }
}
