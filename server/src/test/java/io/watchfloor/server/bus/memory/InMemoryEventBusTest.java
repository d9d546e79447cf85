package io.watchfloor.server.bus.memory;

import io.watchfloor.server.bus.EventBus;
import io.watchfloor.server.bus.EventBusContract;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;

class InMemoryEventBusTest extends EventBusContract {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final InMemoryEventBus.Hub hub = new InMemoryEventBus.Hub(thread);

    @Override
    protected EventBus connect() {
        return hub.connect();
    }

    @AfterEach
    void stop() {
        thread.close();
    }
}
