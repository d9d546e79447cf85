package io.watchfloor.server.store;

import org.jspecify.annotations.Nullable;

/// What administrators have decided for the whole installation.
///
/// Calls block; make them from a virtual thread. They fail with [StoreException]. Thread-safe.
public interface SettingStore {

    /// @return null where nothing was decided
    @Nullable
    String setting(String name);

    void set(String name, String value);
}
