package io.watchfloor.client.sync.outbox;

import io.watchfloor.document.ReplicaId;
import java.util.UUID;

class InMemoryOutboxTest extends OutboxContract {

    private final InMemoryOutbox.Disk disk = new InMemoryOutbox.Disk();

    @Override
    Outbox open() {
        return new InMemoryOutbox(disk, new ReplicaId(new UUID(6, 6)), Runnable::run);
    }
}
