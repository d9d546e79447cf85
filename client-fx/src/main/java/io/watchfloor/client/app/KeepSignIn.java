package io.watchfloor.client.app;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a sign-in is kept for the next start.
public enum KeepSignIn {

    /// In the key store of the operating system, where there is one that answers; else in a file.
    KEYSTORE,

    /// In a file of the state directory for its owner alone.
    FILE;

    static Optional<KeepSignIn> named(String name) {
        return Stream.of(values()).filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name)).findFirst();
    }
}
