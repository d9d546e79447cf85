package io.watchfloor.client.model;

import io.watchfloor.document.ElementId;

/// One column of a table that was chosen, now or before.
///
/// @param column its name in the table's result
/// @param order fractional index among its siblings
/// @param shown false once it was taken out
///
/// Immutable.
public record ColumnEntry(ElementId id, String column, String order, boolean shown) {}
