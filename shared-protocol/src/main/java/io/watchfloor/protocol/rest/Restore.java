package io.watchfloor.protocol.rest;

/// Asks for the dashboard to look as it did at a revision, by a new change. Immutable.
public record Restore(long revision) {}
