package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/groups`: all groups, by name. Immutable.
public record GroupList(List<GroupRow> groups) {

    public GroupList {
        groups = List.copyOf(groups);
    }
}
