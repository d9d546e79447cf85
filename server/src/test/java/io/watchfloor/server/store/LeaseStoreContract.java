package io.watchfloor.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every store of leases promises.
@Timeout(60)
public abstract class LeaseStoreContract {

    private static final Duration LONG = Duration.ofMinutes(10);

    protected abstract LeaseStore leases();

    @Test
    void lease_SAM10_isHeldByOneUntilItIsGivenBack() {
        assertThat(leases().take("one", "a", LONG)).isTrue();
        assertThat(leases().take("one", "b", LONG)).isFalse();
        assertThat(leases().take("one", "a", LONG)).isTrue();
        assertThat(leases().take("two", "b", LONG)).isTrue();
        leases().giveBack("one", "b");
        assertThat(leases().take("one", "b", LONG)).isFalse();
        leases().giveBack("one", "a");
        assertThat(leases().take("one", "b", LONG)).isTrue();
    }

    @Test
    void lease_SAM10_runsOut() {
        assertThat(leases().take("short", "a", Duration.ofMillis(30))).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> leases().take("short", "b", LONG));
        assertThat(leases().take("short", "a", LONG)).isFalse();
    }

    @Test
    void lease_SAM10_goesToOneOfManyThatTakeItAtOnce() {
        Set<String> holders = Collections.synchronizedSet(new HashSet<>());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                String holder = "h" + i;
                threads.execute(() -> {
                    if (leases().take("rush", holder, LONG)) {
                        holders.add(holder);
                    }
                });
            }
        }
        assertThat(holders).hasSize(1);
    }
}
