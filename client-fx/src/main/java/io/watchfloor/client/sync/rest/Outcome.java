package io.watchfloor.client.sync.rest;

import io.watchfloor.client.sync.trust.UnknownServer;
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
    record Refused<T>(int status, String code, String sentence) implements Outcome<T> {

        <U> Outcome<U> as() {
            return new Refused<>(status, code, sentence);
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
