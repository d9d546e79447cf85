package io.watchfloor.client.sync;

/// How one live query of a widget stands. Whether live data is fresh is told by the time of its last sample, not by
/// this. Immutable.
public sealed interface FeedState {

    /// Asked for history, which has not come yet.
    record Waiting() implements FeedState {}

    /// History came, samples follow as they are measured.
    record Live() implements FeedState {}

    /// No connection: what is shown is as old as it says.
    record Disconnected() implements FeedState {}

    /// The server cannot answer the query.
    ///
    /// @param reason a sentence for people
    record Failed(String reason) implements FeedState {}

    FeedState WAITING = new Waiting();
    FeedState LIVE = new Live();
    FeedState DISCONNECTED = new Disconnected();
}
