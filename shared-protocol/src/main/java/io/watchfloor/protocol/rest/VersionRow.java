package io.watchfloor.protocol.rest;

/// A revision that somebody named. Immutable.
///
/// @param author name of the account that named it
/// @param at when it was named, milliseconds since 1970 UTC
public record VersionRow(String name, long revision, String author, long at) {}
