package io.watchfloor.server.audit;

import io.watchfloor.server.store.SigningKey;
import io.watchfloor.server.store.SigningKey.Purpose;
import org.jspecify.annotations.Nullable;

/// The keys that events and checkpoints are sealed with. Thread-safe.
public interface AuditKeys {

    /// The newest key of a purpose.
    SigningKey newest(Purpose purpose);

    /// A key by its id, also an old one; null where there is none.
    @Nullable
    SigningKey find(Purpose purpose, String id);
}
