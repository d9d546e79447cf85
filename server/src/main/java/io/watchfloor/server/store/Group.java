package io.watchfloor.server.store;

import java.util.List;

/// People who are granted rights together. Immutable.
///
/// @param name as it was written first; no other differs from it by case alone
/// @param members names of accounts, in order
public record Group(String name, List<String> members) {

    public Group {
        members = members.stream().sorted().toList();
    }
}
