package io.watchfloor.client.view.administration;

/// What is known of something that was asked of the server. Immutable.
public sealed interface Loaded<T> {

    /// There is no answer yet.
    record Waiting<T>() implements Loaded<T> {}

    /// There is none, and nothing older to show.
    ///
    /// @param why sentence for people
    record Failed<T>(String why) implements Loaded<T> {}

    /// The last answer.
    record Shown<T>(T value) implements Loaded<T> {}
}
