package io.watchfloor.server.host;

import java.util.Optional;

/// The tables of the source `host`. Immutable.
public enum HostTable {

    PROCESSES("processes"), INTERFACES("interfaces"), FILESYSTEMS("filesystems");

    private final String text;

    HostTable(String text) {
        this.text = text;
    }

    /// The name in a query.
    public String text() {
        return text;
    }

    /// The table that a query names.
    public static Optional<HostTable> of(String text) {
        for (HostTable table : values()) {
            if (table.text.equals(text)) {
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }
}
