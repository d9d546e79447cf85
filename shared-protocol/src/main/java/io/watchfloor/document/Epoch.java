package io.watchfloor.document;

import java.util.UUID;

/// Identity of a dashboard's log. Revisions of different epochs cannot be compared. Immutable.
public record Epoch(UUID id) {

    @Override
    public String toString() {
        return id.toString();
    }
}
