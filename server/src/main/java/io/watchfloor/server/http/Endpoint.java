package io.watchfloor.server.http;

/// What a route does. Called on a virtual thread, and may block. Thread-safe.
@FunctionalInterface
public interface Endpoint {

    /// @throws ProblemException to refuse the request
    /// @throws io.watchfloor.server.store.StoreException answered as "unavailable, try again"
    Answer answer(Call call);
}
