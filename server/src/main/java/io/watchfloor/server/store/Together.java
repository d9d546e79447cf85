package io.watchfloor.server.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes several calls of stores one transaction: kept all, or none where one fails.
///
/// The calls are made on the calling thread, which it blocks. Thread-safe.
@FunctionalInterface
public interface Together {

    /// @param work whatever it throws is thrown, and nothing is kept
    <T extends @Nullable Object> T together(Supplier<T> work);
}
