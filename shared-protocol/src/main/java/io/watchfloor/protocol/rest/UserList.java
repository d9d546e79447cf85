package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/users`: all accounts, by name. Immutable.
public record UserList(List<UserRow> users) {

    public UserList {
        users = List.copyOf(users);
    }
}
