package io.watchfloor.protocol.rest;

/// What a restore did. Immutable.
///
/// @param before the newest revision before it; to restore that one takes the restore back
/// @param revision the newest revision after it; the same where nothing differed
public record Restored(long before, long revision) {}
