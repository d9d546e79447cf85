package io.watchfloor.client.model;

import org.jspecify.annotations.Nullable;

/// From where a value is amber and red; either may be absent. A `warn` above `alarm` means that low values are bad.
/// Immutable.
public record Thresholds(@Nullable Double warn, @Nullable Double alarm) {

    public static final Thresholds NONE = new Thresholds(null, null);
}
