package io.watchfloor.server.bus.redis;

import io.watchfloor.server.bus.BusFigures;
import io.watchfloor.server.bus.BusListeners;
import io.watchfloor.server.bus.BusMessage;
import io.watchfloor.server.bus.EventBus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// The event bus of several instances over one channel of a Redis.
///
/// It opens, and stays open, with Redis unreachable: it logs that once in a sentence, drops and counts what is
/// published, and tries again with growing waits. Whoever had to drop messages says so once Redis is back, so that
/// others look for what they missed. A connection that has fallen silent is found by beats.
///
/// Thread-safe.
public final class RedisEventBus implements EventBus {

    private static final Logger LOG = LoggerFactory.getLogger(RedisEventBus.class);
    private static final long QUEUE_BYTES = 16 << 20;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final RedisAddress address;
    private final byte[] channel;
    private final RedisTiming timing;
    private final UUID self;
    private final RedisClient client;
    private final BusFigures figures = new BusFigures();
    private final BusListeners listeners = new BusListeners(figures);
    private final SendQueue queue = new SendQueue(QUEUE_BYTES);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean outageTold = new AtomicBoolean();
    private final RedisListener listener;
    private final Backoff sendBackoff;
    private final Thread sender;
    private volatile boolean sends = true;

    private RedisEventBus(RedisAddress address, String installation, RedisTiming timing, RandomGenerator random) {
        this.address = address;
        this.channel = ("watchfloor:" + installation + ":bus").getBytes(StandardCharsets.UTF_8);
        this.timing = timing;
        this.self = new UUID(random.nextLong(), random.nextLong());
        this.client = RedisClient.builder().hostAndPort(address.hostAndPort())
                .clientConfig(address.config(timing.timeout(), timing.silence())).build();
        this.sendBackoff = new Backoff(timing, random, closed);
        this.listener = new RedisListener(this, new Backoff(timing, random, closed));
        this.sender = Thread.ofVirtual().name("bus-sender").unstarted(this::send);
    }

    /// Begins to connect, and returns at once.
    ///
    /// @param installation names what the instances share; those of another name on the same Redis are not heard
    /// @param random for waits, and to tell this instance's own messages from others'
    public static RedisEventBus open(RedisAddress address, String installation, RandomGenerator random) {
        return open(address, installation, RedisTiming.USUAL, random);
    }

    static RedisEventBus open(RedisAddress address, String installation, RedisTiming timing, RandomGenerator random) {
        RedisEventBus bus = new RedisEventBus(address, installation, timing, random);
        bus.listener.start();
        bus.sender.start();
        return bus;
    }

    @Override
    public void publish(BusMessage message) {
        if (closed.getCount() == 0) {
            figures.dropped.increment();
            return;
        }
        try {
            if (!queue.offer(new BusFrame.Message(self, message).encode())) {
                figures.dropped.increment();
            }
        } catch (RuntimeException e) {
            figures.dropped.increment();
            LOG.error("A message for other instances could not be written and was dropped", e);
        }
    }

    @Override
    public void subscribe(Consumer<BusMessage> messages) {
        listeners.addForMessages(messages);
    }

    @Override
    public void onGap(Runnable gaps) {
        listeners.addForGaps(gaps);
    }

    @Override
    public boolean isConnected() {
        return sends && listener.isSubscribed() && closed.getCount() > 0;
    }

    public BusFigures figures() {
        return figures;
    }

    private void send() {
        try {
            while (closed.getCount() > 0) {
                byte[] frame = queue.poll(timing.beat());
                if (closed.getCount() == 0) {
                    return;
                }
                if (frame == null) {
                    publish(new BusFrame.Beat(self).encode());
                } else if (publish(frame)) {
                    figures.sent.increment();
                } else {
                    figures.dropped.increment();
                    queue.markLost();
                }
                if (sends && queue.takeLost() && !publish(new BusFrame.Gap(self).encode())) {
                    queue.markLost();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A connection that broke while it was idle fails at its next use, so the first failure is tried again at once.
    private boolean publish(byte[] frame) throws InterruptedException {
        for (int attempt = 1; closed.getCount() > 0; attempt++) {
            try {
                client.publish(channel, frame);
                sent();
                return true;
            } catch (JedisConnectionException e) {
                if (attempt > 1) {
                    failed(e);
                    return false;
                }
            } catch (RuntimeException e) {
                failed(e);
                return false;
            }
        }
        return false;
    }

    private void sent() {
        sendBackoff.reset();
        if (!sends) {
            sends = true;
            if (listener.isSubscribed()) {
                tellRecovery();
            }
        }
    }

    private void failed(RuntimeException e) throws InterruptedException {
        sends = false;
        tellOutage(e);
        sendBackoff.await();
    }

    RedisClient redis() {
        return client;
    }

    byte[] channel() {
        return channel;
    }

    UUID self() {
        return self;
    }

    BusListeners listeners() {
        return listeners;
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    void tellOutage(RuntimeException e) {
        if (closed.getCount() > 0 && outageTold.compareAndSet(false, true)) {
            LOG.warn(
                    "Redis at {} cannot be used: {}. Editing goes on; until Redis is back, edits made on other instances "
                            + "show up to a second late.",
                    address, reason(e));
        }
    }

    void tellRecovery() {
        if (outageTold.compareAndSet(true, false)) {
            LOG.info("Redis at {} is back.", address);
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }

    /// What waits to be sent is dropped: others find it in the store.
    @Override
    public void close() {
        closed.countDown();
        sender.interrupt();
        listener.stop();
        try {
            sender.join(CLOSING);
            listener.join(CLOSING);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
