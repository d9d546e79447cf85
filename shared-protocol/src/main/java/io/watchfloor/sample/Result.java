package io.watchfloor.sample;

/// The answer to a query. Immutable.
public sealed interface Result permits Series, Table {}
