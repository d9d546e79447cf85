package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/directory`: whom one may share a dashboard with. Immutable.
///
/// @param accounts names of those who can sign in
/// @param groups names
public record Directory(List<String> accounts, List<String> groups) {

    public Directory {
        accounts = List.copyOf(accounts);
        groups = List.copyOf(groups);
    }
}
