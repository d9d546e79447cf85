package io.watchfloor.server.host;

/// What the server knows of itself; filled by the composition. Calls are quick. Thread-safe.
public interface SelfFigures {

    /// Open sessions on this instance.
    int sessions();

    /// Live dashboards on this instance.
    int rooms();

    /// Edits this instance has committed since it was started.
    long edits();

    /// Frames this instance has sent to sessions since it was started.
    long frames();
}
