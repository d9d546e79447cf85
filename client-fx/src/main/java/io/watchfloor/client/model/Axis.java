package io.watchfloor.client.model;

import org.jspecify.annotations.Nullable;

/// The range of a value axis; an absent end follows the data. Immutable.
public record Axis(@Nullable Double min, @Nullable Double max) {

    public static final Axis AUTOMATIC = new Axis(null, null);
}
