package io.watchfloor.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecurringTest {

    private static final Duration SOON = Duration.ofMillis(1);

    @Test
    void task_goesOn_afterTheDatabaseWasGone_andAfterABug() throws InterruptedException {
        AtomicInteger times = new AtomicInteger();
        CountDownLatch fine = new CountDownLatch(2);
        try (Recurring _ = new Recurring("things", SOON, SOON, () -> {
            switch (times.incrementAndGet()) {
                case 1 -> throw new StoreException("the database does not answer");
                case 2 -> throw new IllegalStateException("a bug");
                default -> fine.countDown();
            }
        })) {
            assertThat(fine.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void task_isOver_whenItIsClosed() {
        AtomicInteger times = new AtomicInteger();
        Recurring task = new Recurring("things", Duration.ofHours(1), SOON, times::incrementAndGet);
        task.close();
        assertThat(times).hasValue(0);
    }
}
