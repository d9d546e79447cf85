package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/sessions`: the last used first. Immutable.
public record SessionList(List<SessionRow> sessions) {

    public SessionList {
        sessions = List.copyOf(sessions);
    }
}
