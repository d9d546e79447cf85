package io.watchfloor.protocol.rest;

/// Body of `POST /api/v1/dashboards`. Immutable.
///
/// @param title 1 to 200 characters
public record NewDashboard(String title) {}
