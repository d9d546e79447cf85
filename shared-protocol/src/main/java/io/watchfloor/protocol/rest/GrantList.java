package io.watchfloor.protocol.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers `GET /api/v1/dashboards/{id}/grants`. Immutable.
///
/// @param owner name of the account that made the dashboard; absent for one of the server's own, which is everyone's to
///        edit unless a grant to everyone says something else
/// @param people who have a right for a reason of their own, and not only because everyone has one; the greatest right
///        first
public record GrantList(@Nullable String owner, List<GrantRow> grants, List<AccessRow> people) {

    public GrantList {
        people = List.copyOf(people);
        grants = List.copyOf(grants);
    }
}
