package io.watchfloor.server.store;

import java.util.function.Supplier;

/// Makes several calls of stores one transaction: kept all, or none where one fails.
///
/// The calls are made on the calling thread, which it blocks. Thread-safe.
@FunctionalInterface
public interface Together {

    /// @param work whatever it throws is thrown, and nothing is kept
    <T> T together(Supplier<T> work);
}
