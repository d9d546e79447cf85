package io.watchfloor.server.bus.redis;

import java.time.Duration;
import redis.clients.jedis.BinaryJedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/// Keeps one connection of a bus subscribed, and hands what comes to the bus's listeners. Thread-safe.
final class RedisListener {

    private final RedisEventBus bus;
    private final Backoff backoff;
    private final Thread thread;
    private volatile boolean subscribed;
    private volatile Subscription current = new Subscription(false);

    RedisListener(RedisEventBus bus, Backoff backoff) {
        this.bus = bus;
        this.backoff = backoff;
        this.thread = Thread.ofVirtual().name("bus-listener").unstarted(this::listen);
    }

    void start() {
        thread.start();
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /// Ends the subscription under way. Where the connection does not answer any more, silence ends it.
    void stop() {
        try {
            if (current.isSubscribed()) {
                current.unsubscribe();
            }
        } catch (JedisException _) {
            // It has just broken, and nobody will subscribe again.
        }
        thread.interrupt();
    }

    void join(Duration atMost) throws InterruptedException {
        thread.join(atMost);
    }

    private void listen() {
        boolean again = false;
        try {
            while (!bus.isClosed()) {
                current = new Subscription(again);
                try {
                    bus.redis().subscribe(current, bus.channel());
                } catch (RuntimeException e) {
                    subscribed = false;
                    bus.tellOutage(e);
                }
                subscribed = false;
                again = true;
                backoff.await();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Subscription extends BinaryJedisPubSub {

        private final boolean again;

        /// @param again whether messages may have been missed before
        Subscription(boolean again) {
            this.again = again;
        }

        @Override
        public void onSubscribe(byte[] channel, int count) {
            backoff.reset();
            subscribed = true;
            bus.tellRecovery();
            if (again) {
                bus.listeners().gap();
            }
        }

        @Override
        public void onMessage(byte[] channel, byte[] bytes) {
            BusFrame frame = BusFrame.decode(bytes);
            if (frame == null) {
                bus.figures().unreadable.increment();
            } else if (!frame.sender().equals(bus.self())) {
                switch (frame) {
                    case BusFrame.Message message -> bus.listeners().message(message.message());
                    case BusFrame.Gap _ -> bus.listeners().gap();
                    case BusFrame.Beat _ -> {}
                }
            }
        }
    }
}
