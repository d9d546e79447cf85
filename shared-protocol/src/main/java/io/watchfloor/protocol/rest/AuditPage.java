package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `GET /api/v1/audit`: the newest first. Immutable.
///
/// @param next goes into `before` for the page after this one; absent at the end
public record AuditPage(List<AuditRow> events, @Nullable Long next) {

    public AuditPage {
        events = List.copyOf(events);
    }
}
