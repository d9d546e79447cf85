package io.watchfloor.client.sync.canary;

import javafx.geometry.Bounds;

/// Breaks a rule on purpose: shows that it can be broken. Immutable.
public record SyncThatKnowsJavaFx(Bounds bounds) {}
