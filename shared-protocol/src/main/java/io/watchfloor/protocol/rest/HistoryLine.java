package io.watchfloor.protocol.rest;

/// What somebody did, in one line. Immutable.
///
/// @param revision the last one of what is told here; the dashboard right after it
/// @param first the first one of it; a drag has many
/// @param author name of the account
/// @param at time of the last one, milliseconds since 1970 UTC
/// @param text what it was, to be read after the author's name: `moved 'CPU'`
public record HistoryLine(long revision, long first, String author, long at, String text) {}
