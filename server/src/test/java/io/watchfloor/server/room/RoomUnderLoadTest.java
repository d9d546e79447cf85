package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.WIDGET;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.Edits;
import io.watchfloor.server.store.StoredDashboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Rooms that many come to at once, that hold much, and whose database is away or says nothing.
class RoomUnderLoadTest {

    private static final int LARGE = 60_000;

    private final World world = new World();
    private final Rooms rooms = world.instance("one");

    private static RoomLog log(int revisions) {
        RoomLog log = new RoomLog(new StoredDashboard(new Epoch(new UUID(1, 2)), Snapshot.EMPTY, List.of()));
        for (int i = 1; i <= revisions; i++) {
            log.apply(Edits.entry(i, 0, i));
        }
        return log;
    }

    private static Assignment large(String property, Stamp stamp) {
        return new Assignment(WIDGET, property, Value.of("x".repeat(LARGE)), stamp);
    }

    @Test
    void join_ROOM28_ofTwoHundredEncodesWhatTheyLackOnce() {
        RoomLog log = log(50);
        CatchUp first = log.since(null, 0);
        CatchUp missing = log.since(log.epoch(), 30);
        for (int i = 0; i < 200; i++) {
            log.apply(Edits.entry(log.head() + 1, 0, log.head() + 1));
            CatchUp next = log.since(null, 0);
            CatchUp since = log.since(log.epoch(), 30);
            if (i < 100) {
                assertThat(next.snapshot()).as("people edit meanwhile").isSameAs(first.snapshot());
            }
            assertThat(Objects.requireNonNull(next.snapshot()).snapshot().revision() + next.entries().size())
                    .isEqualTo(log.head());
            assertThat(since.entries().subList(0, 20)).usingElementComparator((a, b) -> a == b ? 0 : 1)
                    .isEqualTo(missing.entries());
        }
    }

    @Test
    void encoded_ROOM28_isMadeOnceInEachEncoding() {
        List<Encoding> made = new ArrayList<>();
        EncodedOnce once = new EncodedOnce(encoding -> {
            made.add(encoding);
            return new byte[]{(byte) made.size()};
        });
        assertThat(once.in(Encoding.CBOR)).isSameAs(once.in(Encoding.CBOR)).isNotEqualTo(once.in(Encoding.JSON));
        assertThat(once.in(Encoding.JSON)).containsExactly(2);
        assertThat(made).containsExactly(Encoding.CBOR, Encoding.JSON);
    }

    @Test
    void recent_ROOM29_areNoMoreThanFitIntoTheirMemory() {
        RoomLog log = log(0);
        for (int i = 1; i <= 400; i++) {
            log.apply(Edits.entry(i, 0, i, large("large", new Stamp(i, 0, 0))));
        }
        assertThat(log.since(log.epoch(), 200).snapshot()).as("200 of them are held").isNull();
        CatchUp all = log.since(log.epoch(), 50);
        assertThat(all.snapshot()).as("350 of them would be 20 MiB").isNotNull();
        assertThat(all.entries()).isEmpty();
    }

    @Test
    void pushes_ROOM29_thatDoNotFitAnyMoreComeAgainWhenTheDatabaseIsBack() {
        Guest ada = world.join(rooms, "ada", replica(1));
        List<Guest> others = new ArrayList<>();
        for (int i = 2; i <= 4; i++) {
            others.add(world.join(rooms, "p" + i, replica(i)));
        }
        world.store.dead = true;
        for (Guest guest : others) {
            for (int i = 1; i <= 60 && guest.closed == null; i++) {
                Assignment[] operations = new Assignment[8];
                for (int j = 0; j < operations.length; j++) {
                    operations[j] = large("large" + j, new Stamp(10 + i, j, guest.joined().replica()));
                }
                rooms.push(guest, guest.push(i, operations));
            }
            world.settle();
        }
        assertThat(others.getFirst().closed).as("what fits waits").isNull();
        assertThat(others.getLast().closed).isEqualTo(CloseCode.UNAVAILABLE);
        assertThat(others.getLast().told(ServerMessage.Rejected.class)).isEmpty();

        world.store.dead = false;
        world.pass(10_000);
        List<Entry> logged = ada.told(ServerMessage.Committed.class).stream().map(ServerMessage.Committed::entry)
                .toList();
        assertThat(logged).hasSizeGreaterThan(100).hasSizeLessThan(180);
        Guest back = world.join(rooms, "p4", replica(4));
        long next = back.joined().highWater() + 1;
        rooms.push(back, back.title(next, "back", 5_000));
        world.settle();
        assertThat(ada.told(ServerMessage.Committed.class).getLast().entry().clientSeq()).isEqualTo(next);
    }

    @Test
    void copy_ROOM30_thatDifferedIsCountedAndNoOther() {
        Guest ada = world.join(rooms, "ada", replica(1));
        ClientMessage.Join again = new ClientMessage.Join(World.DASHBOARD, replica(1), ada.joined().epoch(), 1);
        rooms.join(ada, again);
        world.settle();
        world.join(rooms, "ada", replica(1));
        assertThat(world.figures.copiesReplaced.sum()).as("a gap, and a connection that broke").isZero();

        rooms.join(ada, new ClientMessage.Join(World.DASHBOARD, replica(1), null, 0));
        world.settle();
        assertThat(world.figures.copiesReplaced.sum()).isEqualTo(1);
        assertThat(ada.joined().snapshot()).isNotNull();
    }

    @Test
    void beat_ROOM16_comesAlsoWhileTheDatabaseSaysNothing() {
        world.store.hanging = true;
        Guest ada = world.join(rooms, "ada", replica(1));
        world.pass(30_000);
        int before = ada.told(ServerMessage.Beat.class).size();
        world.pass(10_000);
        assertThat(ada.told(ServerMessage.Beat.class)).hasSize(before + 2);
    }
}
