package io.watchfloor.server.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where somebody signed in from. Immutable.
///
/// @param key hash of what the desktop knows itself by; absent where it told nothing
/// @param name for people, as the desktop told it; may be empty
/// @param address of the other end of the connection
public record Device(@Nullable TokenHash key, String name, String address) {

    /// Whether somebody with this key, or without one at this address, is the same.
    public boolean isSame(Device other) {
        return Objects.equals(key, other.key) && (key != null || address.equals(other.address));
    }
}
