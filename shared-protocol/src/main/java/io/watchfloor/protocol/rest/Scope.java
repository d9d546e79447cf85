package io.watchfloor.protocol.rest;

/// What a service token is good for.
public enum Scope {
    /// Writes samples.
    INGEST,
    /// Reads samples.
    READ,
    /// Reads the server's own metrics.
    METRICS
}
