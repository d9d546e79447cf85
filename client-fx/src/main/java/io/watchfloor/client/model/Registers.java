package io.watchfloor.client.model;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Value;
import org.jspecify.annotations.Nullable;

/// Where the properties of a dashboard's elements are read: an open copy, or one of the past.
@FunctionalInterface
interface Registers {

    /// Null where it was never set.
    @Nullable
    Value value(ElementId element, String property);
}
