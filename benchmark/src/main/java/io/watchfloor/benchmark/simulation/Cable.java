package io.watchfloor.benchmark.simulation;

import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.client.sync.transport.Transport.Listener;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.session.Session;
import io.watchfloor.server.session.Transport;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection over TCP: what is sent comes whole, once and in order, or the connection ends at that point; each end
/// learns of the end at some time, or not at all. What lies between can be worse, and lose or double frames. Confined to
/// its run's thread.
final class Cable {

    private static final RecordCodec CODEC = RecordCodec.of(Encoding.CBOR);
    private static final long IDLE = 60_000;
    private static final int BROKEN = 1006;
    /// What loses a push breaks the connection so long after that, where it has not ended meanwhile.
    private static final long LOSS_SHOWS = 10_000;

    private final Surroundings surroundings;
    private final Lifetime desktop;
    private final SimulatedInstance instance;
    private final Lifetime server;
    private final Listener listener;
    private final SplittableRandom random;
    private final String who;
    private final Witness.Hearing hearing;
    private final ArrayDeque<byte[]> inbound = new ArrayDeque<>();
    private @Nullable Session session;
    private boolean handling;
    private boolean upDead;
    private boolean downDead;
    private long lost;
    private long doubled;
    private long pushesLost;
    private boolean desktopEnded;
    private boolean serverEnded;
    private long upFree;
    private long downFree;
    private long heardAt;
    private final int latency;

    /// @param who the person at the desktop
    Cable(Surroundings surroundings, Lifetime desktop, SimulatedInstance instance, Listener listener, String who,
            SplittableRandom random) {
        this.surroundings = surroundings;
        this.desktop = desktop;
        this.instance = instance;
        this.server = instance.lifetime();
        this.listener = listener;
        this.random = random;
        this.who = who;
        this.hearing = new Witness.Hearing(instance.name() + " to " + who);
        this.latency = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(40);
    }

    private Scheduler scheduler() {
        return surroundings.scheduler();
    }

    private long now() {
        return scheduler().now();
    }

    /// Half of the connections have no jitter.
    private long travel() {
        return (long) latency + (latency % 2 == 0 ? 0 : random.nextInt(latency + 1));
    }

    boolean open() {
        return !desktopEnded && !serverEnded;
    }

    boolean isTo(SimulatedInstance other) {
        return instance == other && server == other.lifetime();
    }

    /// Begins to connect.
    void connect(String token) {
        scheduler().after(travel() * 2, () -> {
            if (upDead) {
                return;
            }
            if (server.over()) {
                toDesktop(0, () -> listener.ended(new Ending.Unreachable("No server answers.")));
                desktopEnded = true;
            } else {
                server.execute(() -> accept(token));
            }
        });
    }

    private void accept(String token) {
        heardAt = now();
        session = instance.accept(surroundings.parts().speaking(new ServerEnd()), token);
        if (session == null) {
            reset();
            return;
        }
        down(listener::opened);
        server.after(IDLE, this::closeWhenIdle);
    }

    private void closeWhenIdle() {
        if (serverEnded) {
            return;
        }
        long left = heardAt + IDLE - now();
        if (left > 0) {
            server.after(left, this::closeWhenIdle);
        } else {
            surroundings.tally().count("idle connection closed");
            reset();
        }
    }

    private void received(byte[] frame) {
        if (serverEnded) {
            return;
        }
        heardAt = now();
        inbound.addLast(frame);
        handle();
    }

    private void handle() {
        Session open = session;
        if (open != null && !handling && !serverEnded) {
            byte[] next = inbound.pollFirst();
            if (next != null) {
                handling = true;
                open.received(next, () -> server.execute(() -> {
                    handling = false;
                    handle();
                }));
            }
        }
    }

    private void serverClosed() {
        server.execute(() -> {
            if (!serverEnded) {
                serverEnded = true;
                instance.closed(session);
            }
        });
    }

    private void up(Runnable delivery) {
        upFree = Math.max(upFree, now() + travel());
        scheduler().after(upFree - now(), () -> {
            if (!upDead) {
                delivery.run();
            }
        });
    }

    private void down(Runnable delivery) {
        if (!downDead) {
            downFree = Math.max(downFree, now() + travel());
            toDesktop(downFree - now(), delivery);
        }
    }

    private void toDesktop(long after, Runnable delivery) {
        scheduler().after(after, () -> {
            if (!downDead) {
                desktop.execute(() -> {
                    if (!downDead) {
                        delivery.run();
                    }
                });
            }
        });
    }

    /// The desktop reads nothing for some time.
    void hold(long millis) {
        downFree = Math.max(downFree, now() + millis);
    }

    /// So many of the next frames of entries and beats get lost.
    void lose(long frames) {
        lost = frames;
    }

    /// So many of the next frames of pushes get lost.
    void losePushes(long frames) {
        pushesLost = frames;
    }

    private boolean isLost(byte[] frame) {
        if (pushesLost == 0 || !CODEC.decodeAll(frame, ClientMessage.class).stream()
                .allMatch(ClientMessage.Push.class::isInstance)) {
            return false;
        }
        pushesLost--;
        surroundings.tally().count("frame of pushes lost");
        scheduler().after(LOSS_SHOWS, () -> {
            if (open()) {
                reset();
            }
        });
        return true;
    }

    /// So many of the next frames of entries and beats come twice.
    void deliverTwice(long frames) {
        doubled = frames;
    }

    /// How often a frame comes. Only what says how far the log has come can be lost without a trace: whoever waits for an
    /// answer waits until the connection ends.
    private int times(byte[] frame) {
        if ((lost == 0 && doubled == 0) || !CODEC.decodeAll(frame, ServerMessage.class).stream().allMatch(
                message -> message instanceof ServerMessage.Committed || message instanceof ServerMessage.Beat)) {
            return 1;
        }
        if (lost > 0) {
            lost--;
            surroundings.tally().count("frame lost");
            return 0;
        }
        doubled--;
        surroundings.tally().count("frame doubled");
        return 2;
    }

    /// Both ends learn soon that the connection broke.
    void reset() {
        upDead = true;
        downDead = true;
        long soon = random.nextInt(300);
        desktop.after(soon, this::brokenAtDesktop);
        server.after(random.nextInt(300), this::serverClosed);
    }

    private void brokenAtDesktop() {
        if (!desktopEnded) {
            surroundings.witness().story().tell(() -> who + " learns that the connection broke");
            desktopEnded = true;
            listener.ended(new Ending.Closed(BROKEN, ""));
        }
    }

    /// Nobody is told.
    void deafen(boolean up, boolean down) {
        upDead |= up;
        downDead |= down;
    }

    /// The server's process has ended: what it sent may still come, or not; the machine may say that it is gone.
    void serverKilled() {
        upDead = true;
        downDead |= random.nextBoolean();
        serverEnded = true;
        if (random.nextInt(4) > 0) {
            desktop.after(downFree - now() + random.nextInt(300), this::brokenAtDesktop);
        }
    }

    /// The desktop's process has ended.
    void desktopKilled() {
        desktopEnded = true;
        downDead = true;
        upDead |= random.nextBoolean();
        if (random.nextInt(4) > 0) {
            server.after(Math.max(0, upFree - now()) + random.nextInt(300), this::serverClosed);
        }
    }

    /// What the desktop's end can do.
    final class DesktopEnd implements io.watchfloor.client.sync.transport.Transport.Link {

        @Override
        public void send(byte[] frame) {
            surroundings.witness().story().tell(() -> who + " to " + instance.name() + ": " + CODEC.decodeAll(frame,
                    ClientMessage.class));
            if (!desktopEnded && !upDead && !isLost(frame)) {
                up(() -> server.execute(() -> received(frame)));
            }
        }

        @Override
        public void close(int code, String reason) {
            if (!desktopEnded) {
                desktopEnded = true;
                downDead = true;
                desktop.execute(() -> listener.ended(new Ending.Closed(code, reason)));
                up(Cable.this::serverClosed);
            }
        }
    }

    /// What the server's end can do.
    private final class ServerEnd implements Transport {

        @Override
        public void send(byte[] frame, Consumer<@Nullable Throwable> done) {
            if (server.over() || serverEnded) {
                server.execute(() -> done.accept(new IllegalStateException("the connection is closed")));
                return;
            }
            surroundings.witness().heard(hearing, frame);
            byte[] copy = frame.clone();
            for (int times = times(frame); times > 0; times--) {
                down(() -> listener.frame(copy));
            }
            long wait = Math.max(0, downFree - now() - latency * 3L);
            server.after(wait, () -> done.accept(null));
        }

        @Override
        public void close(int code, String text) {
            if (!serverEnded) {
                down(() -> {
                    if (!desktopEnded) {
                        desktopEnded = true;
                        listener.ended(new Ending.Closed(code, text));
                    }
                });
                server.after(travel(), Cable.this::serverClosed);
            }
        }

        @Override
        public void abort() {
            reset();
        }
    }
}
