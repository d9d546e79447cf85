package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.TextId;
import io.watchfloor.protocol.ServerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// Processes that end at any moment, with a disk that has not written everything yet.
class CrashTest {

    private static final int BROKEN = 1006;
    private static final int DISK_MILLIS = 50;
    /// What is typed is one letter each, so that no two have anything in common.
    private static final int MINE = 0x4E00;
    private static final int OTHERS = 0xAC00;
    private static final TextId NOTE = new TextId(new ElementId(3), Properties.TEXT);

    /// Writes some time later, in order; what it has not written when the process ends is lost.
    private static final class Disk implements Executor {

        private final World world;
        private final SplittableRandom random;
        private boolean lost;
        private long last;

        Disk(World world, SplittableRandom random) {
            this.world = world;
            this.random = random;
        }

        @Override
        public void execute(Runnable task) {
            last = Math.max(last, world.monotonic() + random.nextInt(DISK_MILLIS));
            world.after(last - world.monotonic(), () -> {
                if (!lost) {
                    task.run();
                }
            });
        }
    }

    /// A place between what was typed before.
    private static int gap(String text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int next = text.indexOf(' ', from);
        return from == 0 || next < 0 ? text.length() : next + 1;
    }

    @Test
    void crashes_CLI86_loseNothingThatWasOnDiskAndDoubleNothing() {
        int crashes = 0;
        for (int seed = 0; seed < 150; seed++) {
            crashes += run(seed);
        }
        assertThat(crashes).isGreaterThan(500);
    }

    /// @return how many crashes there were
    private static int run(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = new World();
        LogServer server = new LogServer(world);
        InMemoryOutbox.Disk kept = new InMemoryOutbox.Disk();
        Disk disk = new Disk(world, random);
        Desk desk = start(world, server, kept, disk);
        world.advance(500);
        Map<String, Long> typedAt = new LinkedHashMap<>();
        int crashes = 0;
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(11)) {
                case 0, 1, 2, 3 -> {
                    String token = Character.toString(MINE + step) + ' ';
                    int at = gap(desk.replica.text(NOTE), random);
                    if (desk.replica.editText("Type", NOTE, Delta.insert(at, token))) {
                        typedAt.put(token, world.monotonic());
                    }
                }
                case 4 -> desk.title("T" + step);
                case 5 -> server.type(NOTE, Delta.insert(gap(server.document().text(NOTE), random),
                        Character.toString(OTHERS + step) + ' '));
                case 6 -> server.hangUp(BROKEN);
                case 7 -> server.entriesOnJoin = random.nextBoolean();
                case 8 -> server.mute = random.nextBoolean() ? ServerMessage.Committed.class::isInstance : _ -> false;
                case 9 -> {
                    crashes++;
                    disk.lost = true;
                    long lost = world.monotonic() - DISK_MILLIS;
                    typedAt.values().removeIf(typed -> typed > lost);
                    server.hangUp(BROKEN);
                    world.settle();
                    desk.connection.close();
                    world.settle();
                    disk = new Disk(world, random);
                    desk = start(world, server, kept, disk);
                    world.advance(random.nextInt(100));
                }
                default -> world.advance(random.nextInt(300));
            }
        }
        server.mute = _ -> false;
        server.hangUp(BROKEN);
        world.advance(180_000);
        String text = server.document().text(NOTE);
        assertThat(desk.replica.text(NOTE)).as("seed %d", seed).isEqualTo(text);
        assertThat(desk.connection.unsent()).as("seed %d", seed).isZero();
        assertThat(desk.rejections).isEmpty();
        assertThat(desk.title()).isEqualTo(server.document().get(ElementId.DASHBOARD, Properties.TITLE));
        assertThat(List.of(text.split(" "))).as("seed %d", seed).doesNotHaveDuplicates()
                .containsAll(typedAt.keySet().stream().map(String::strip).toList());
        return crashes;
    }

    private static Desk start(World world, LogServer server, InMemoryOutbox.Disk kept, Executor disk) {
        Desk desk = new Desk(world, server,
                new InMemoryOutbox(kept, new ReplicaId(new UUID(6, world.monotonic())), disk));
        desk.connection.start();
        world.settle();
        return desk;
    }
}
