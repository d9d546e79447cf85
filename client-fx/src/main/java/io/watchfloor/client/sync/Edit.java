package io.watchfloor.client.sync;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Value;

/// A wish to set a property, not stamped yet. Immutable.
public record Edit(ElementId element, String property, Value value) {}
