package io.watchfloor.document;

import java.util.UUID;

/// Names one running desktop by 128 random bits. It is sent only when joining a dashboard, which gives the replica a
/// number for its stamps there. Immutable.
public record ReplicaId(UUID id) {

    @Override
    public String toString() {
        return id.toString();
    }
}
