package io.watchfloor.protocol.rest;

import java.util.List;

/// A group of people. Immutable.
///
/// @param members names of accounts
public record GroupRow(String name, List<String> members) {

    public GroupRow {
        members = List.copyOf(members);
    }
}
