package io.watchfloor.client.widget;

/// How far what a widget shows can be trusted. Immutable.
public sealed interface WidgetState {

    /// The data is asked for and has not come yet.
    record Waiting() implements WidgetState {}

    /// There is nothing to ask for.
    ///
    /// @param advice one sentence: what to do, as in `Choose a series to show.`
    record Empty(String advice) implements WidgetState {}

    /// The newest data is shown.
    record Fresh() implements WidgetState {}

    /// What is shown is old; it is dimmed, with its age.
    ///
    /// @param since time of the newest data, milliseconds since 1970 UTC
    record Stale(long since) implements WidgetState {}

    /// The data cannot be had; what was there before is dimmed.
    ///
    /// @param message one line: why, and what to do
    record Failed(String message) implements WidgetState {}

    WidgetState WAITING = new Waiting();
    WidgetState FRESH = new Fresh();
}
