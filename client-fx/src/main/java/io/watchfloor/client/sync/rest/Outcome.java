package io.watchfloor.client.sync.rest;

/// What came of a request. Immutable.
public sealed interface Outcome<T> {

    /// It was done.
    record Ok<T>(T value) implements Outcome<T> {}

    /// The server refused it.
    ///
    /// @param status of HTTP
    /// @param code stable name of the problem, as in `docs/PROTOCOL.md`; empty where the answer had none
    /// @param sentence for people
    record Refused<T>(int status, String code, String sentence) implements Outcome<T> {}

    /// The server did not answer, or what answered is not a Watchfloor server.
    ///
    /// @param sentence for people
    record Unreachable<T>(String sentence) implements Outcome<T> {}
}
