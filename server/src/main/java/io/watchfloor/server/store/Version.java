package io.watchfloor.server.store;

/// A revision that somebody gave a name. It can be had for as long as it has the name, whatever becomes of the log.
/// Immutable.
///
/// @param author name of the account that named it
/// @param at when it was named, milliseconds since 1970 UTC
public record Version(String name, long revision, String author, long at) {}
