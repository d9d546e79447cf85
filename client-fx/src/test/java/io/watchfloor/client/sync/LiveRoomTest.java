package io.watchfloor.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.ClientMessage.Watch;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage.History;
import io.watchfloor.protocol.ServerMessage.Lagged;
import io.watchfloor.protocol.ServerMessage.LiveTable;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.protocol.ServerMessage.Tick;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveRoomTest {

    private static final int ROOM = 3;
    private static final Query CPU = Query.promql("cpu{host=\"a\"}");
    private static final SeriesKey CPU_A = new SeriesKey("cpu", Labels.of("host", "a"));
    private static final SeriesKey CPU_B = new SeriesKey("cpu", Labels.of("host", "b"));

    private final World world = new World();
    private final List<Watch> asked = new ArrayList<>();
    private final Uplink uplink = message -> {
        if (message instanceof Watch watch) {
            asked.add(watch);
        }
    };
    private final LiveRoom room = new LiveRoom(new ServerClock(world, 0), world.surroundings(),
            new AtomicInteger()::incrementAndGet);
    private final RecordingSink sink = new RecordingSink();

    private static Tick tick(long position, int series, long time, double value) {
        return new Tick(ROOM, position, List.of(),
                new Samples(time, new int[]{series}, new int[]{0}, new double[]{value}), List.of());
    }

    private void answer(long position, long... times) {
        double[] values = new double[times.length];
        room.received(uplink, new History(ROOM, asked.getLast().watch(), position,
                new Series(List.of(new Line(1, CPU_A, times, values)))));
    }

    private void live() {
        room.joined(uplink, ROOM);
        room.series(CPU, 900_000, 500, sink);
        answer(0, 10, 20);
    }

    @Test
    void series_CLI50_asksForTheRangeAndShowsHistoryThenWhatFollows() {
        live();
        assertThat(asked).singleElement().satisfies(watch -> {
            assertThat(watch.query()).isEqualTo(CPU);
            assertThat(watch.from()).isEqualTo(world.wall() - 900_000);
            assertThat(watch.points()).isEqualTo(500);
        });
        room.received(uplink, tick(1, 1, 30, 7));
        assertThat(sink.samples).containsExactly(Map.entry(10L, 0.0), Map.entry(20L, 0.0), Map.entry(30L, 7.0));
        assertThat(sink.states).containsExactly(FeedState.WAITING, FeedState.LIVE);
        assertThat(sink.told).containsExactly("history", "batch");
    }

    @Test
    void history_CLI51_isFollowedByExactlyTheTicksAfterItAlsoWhereTheyCameBeforeIt() {
        room.joined(uplink, ROOM);
        room.series(CPU, 900_000, 500, sink);
        room.received(uplink, tick(4, 1, 20, 99)); // in the history already, which knows better
        room.received(uplink, tick(5, 1, 30, 1));
        assertThat(sink.samples).isEmpty();
        answer(4, 10, 20);
        assertThat(sink.samples).isEqualTo(new TreeMap<>(Map.of(10L, 0.0, 20L, 0.0, 30L, 1.0)));
    }

    @Test
    void tick_CLI52_aSampleOfTheSameTimeReplaces() {
        live();
        room.received(uplink, tick(1, 1, 20, 5));
        assertThat(sink.samples).containsEntry(20L, 5.0).hasSize(2);
    }

    @Test
    void tick_CLI53_aRepeatedOneIsLeftOut() {
        live();
        room.received(uplink, tick(1, 1, 30, 5));
        room.received(uplink, tick(1, 1, 30, 6));
        assertThat(sink.samples).containsEntry(30L, 5.0);
    }

    @Test
    void tick_CLI54_afterAGapHistoryIsAskedForAnewAndFollowsExactly() {
        live();
        room.received(uplink, tick(1, 1, 30, 1));
        room.received(uplink, tick(3, 1, 50, 3));
        assertThat(asked).hasSize(2);
        answer(2, 10, 20, 30, 40);
        assertThat(sink.samples.keySet()).containsExactly(10L, 20L, 30L, 40L, 50L);
        assertThat(sink.states.getLast()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void lagged_CLI55_asksForHistoryAnew() {
        live();
        room.received(uplink, tick(1, 1, 30, 1));
        room.received(uplink, new Lagged(ROOM, 2, 9));
        assertThat(asked).hasSize(2);
        room.received(uplink, tick(10, 1, 60, 1));
        answer(9, 10, 40, 50);
        assertThat(sink.samples.keySet()).containsExactly(10L, 40L, 50L, 60L);
        assertThat(asked).hasSize(2);
    }

    @Test
    void disconnected_CLI56_looksDisconnectedThenAsksAnew() {
        live();
        room.disconnected(uplink);
        assertThat(sink.states.getLast()).isEqualTo(FeedState.DISCONNECTED);
        room.received(uplink, tick(1, 1, 30, 1));
        assertThat(sink.samples).hasSize(2);

        List<Watch> later = new ArrayList<>();
        Uplink next = message -> later.add((Watch) message);
        room.joined(next, 8);
        assertThat(sink.states.getLast()).isEqualTo(FeedState.WAITING);
        assertThat(later).singleElement().satisfies(watch -> assertThat(watch.room()).isEqualTo(8));
    }

    @Test
    void disconnected_CLI56_aLateWordFromAnOldConnectionChangesNothing() {
        live();
        Uplink next = _ -> {};
        room.joined(next, 8);
        room.disconnected(uplink);
        assertThat(sink.states.getLast()).isEqualTo(FeedState.WAITING);
    }

    @Test
    void newSeries_CLI57_isAnnouncedToTheQueriesItMatches() {
        live();
        room.received(uplink, new Tick(ROOM, 1, List.of(new NumberedSeries(9, CPU_A), new NumberedSeries(11, CPU_B)),
                new Samples(30, new int[]{9, 11}, new int[]{0, 1}, new double[]{4, 5}), List.of()));
        assertThat(sink.told).containsExactly("history", "line 9 cpu{host=\"a\"}", "batch");
        assertThat(sink.samples).containsEntry(30L, 4.0).doesNotContainKey(31L);
    }

    @Test
    void failed_CLI58_givesTheSinkASentence() {
        room.joined(uplink, ROOM);
        Feed feed = room.series(Query.promql("cpu{"), 900_000, 500, sink);
        room.failed(uplink, asked.getLast().watch(), ErrorCode.INVALID_QUERY, "Expected a label name.");
        assertThat(feed.state()).isEqualTo(new FeedState.Failed("Expected a label name."));
        world.advance(60_000);
        assertThat(asked).hasSize(1);
    }

    @Test
    void failed_CLI58_whatIsUnavailableNowIsTriedAgain() {
        room.joined(uplink, ROOM);
        Feed feed = room.series(CPU, 900_000, 500, sink);
        room.failed(uplink, asked.getLast().watch(), ErrorCode.UNAVAILABLE, "Not now.");
        world.advance(10_000);
        assertThat(asked).hasSize(2);
        answer(0, 10);
        assertThat(feed.state()).isEqualTo(FeedState.LIVE);
    }

    @Test
    void ownQuery_CLI59_isAskedForAnewOnceItIsInTheLog() {
        live();
        room.queriesCommitted(List.of(new Assignment(new ElementId(4), Properties.QUERY,
                new Value.Fields(new TreeMap<>(Map.of("source", Value.of("builtin"), "language", Value.of("promql"),
                        "text", Value.of(CPU.text())))),
                new Stamp(1, 0, 1))));
        assertThat(asked).hasSize(2);
    }

    @Test
    void questions_CLI60_areAskedSomeAtATime() {
        room.joined(uplink, ROOM);
        for (int i = 0; i < 40; i++) {
            room.series(CPU, 900_000, 500, new RecordingSink());
        }
        assertThat(asked).hasSize(16);
        for (int i = 0; i < 40; i++) {
            room.received(uplink, new History(ROOM, asked.get(i).watch(), 0, new Series(List.of())));
        }
        assertThat(asked).hasSize(40).extracting(Watch::watch).doesNotHaveDuplicates();
    }

    @Test
    void table_CLI61_isReplacedWholeAndAnOlderOneDoesNotReplaceANewer() {
        Query query = Query.hostTable("processes");
        Table first = table(10);
        Table second = table(20);
        room.joined(uplink, ROOM);
        room.table(query, sink);
        room.received(uplink,
                new Tick(ROOM, 1, List.of(), Samples.NONE, List.of(new LiveTable(query, second))));
        room.received(uplink, new History(ROOM, asked.getLast().watch(), 1, first));
        assertThat(sink.tables).containsExactly(second);
        assertThat(sink.states).containsExactly(FeedState.WAITING, FeedState.LIVE);
    }

    private static Table table(long time) {
        return new Table(time, List.of(new Table.Column("name", Table.Kind.TEXT)), List.of());
    }

    @Test
    void close_CLI62_nothingComesAnyMore() {
        room.joined(uplink, ROOM);
        Feed feed = room.series(CPU, 900_000, 500, sink);
        answer(0, 10);
        feed.close();
        room.received(uplink, tick(1, 1, 30, 1));
        assertThat(sink.samples).hasSize(1);
        ClientMessage.Watch watch = asked.getLast();
        room.received(uplink, new History(ROOM, watch.watch(), 0, new Series(List.of())));
        assertThat(sink.samples).hasSize(1);
    }
}
