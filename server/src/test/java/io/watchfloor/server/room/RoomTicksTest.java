package io.watchfloor.server.room;

import static io.watchfloor.server.room.World.WIDGET;
import static io.watchfloor.server.room.World.replica;
import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import io.watchfloor.server.room.World.Guest;
import io.watchfloor.server.store.NumberedSample;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoomTicksTest {

    private static final SeriesKey CPU = new SeriesKey("cpu", Labels.of("host", "a"));

    private final World world = new World();
    private final Rooms rooms = world.instance("one");
    private final Guest ada = world.join(rooms, "ada", replica(1));

    private void ask(long clientSeq, String source, String text) {
        Value query = new Value.Fields(new TreeMap<>(Map.of("source", Value.of(source), "language",
                Value.of(source.equals("host") ? "table" : "promql"), "text", Value.of(text))));
        rooms.push(ada,
                ada.push(clientSeq, new Assignment(WIDGET, Properties.QUERY, query, new Stamp(clientSeq, 0, 1))));
        world.settle();
    }

    private List<ServerMessage.Tick> ticks(long after) {
        return Objects.requireNonNull(ada.ticks).after(after, 100).frames().stream()
                .map(frame -> (ServerMessage.Tick) frame.messages().getFirst()).toList();
    }

    private static NumberedSample sample(int number, SeriesKey key, long time, double value) {
        return new NumberedSample(number, key, time, value);
    }

    @Test
    void tick_ROOM20_carriesOnlyWhatTheDashboardAsksFor() {
        rooms.queries().samples(List.of(sample(1, CPU, 5, 1)));
        world.settle();
        assertThat(ticks(0)).isEmpty();
        ask(1, "builtin", "cpu{host=\"a\"}");
        SeriesKey other = new SeriesKey("cpu", Labels.of("host", "b"));
        rooms.queries().samples(List.of(sample(1, CPU, 1_000, 2), sample(2, other, 1_000, 3)));
        world.settle();
        assertThat(ticks(0)).singleElement().satisfies(tick -> {
            assertThat(tick.position()).isEqualTo(1);
            assertThat(tick.series()).containsExactly(new ServerMessage.NumberedSeries(1, CPU));
            assertThat(tick.samples().series()).containsExactly(1);
            assertThat(tick.samples().values()).containsExactly(2.0);
            assertThat(tick.samples().time(0)).isEqualTo(1_000);
        });
    }

    @Test
    void tick_ROOM21_isImmediateInAQuietRoomAndGathersUnderLoad() {
        ask(1, "builtin", "cpu");
        world.pass(100);
        for (int i = 0; i < 10; i++) {
            rooms.queries().samples(List.of(sample(1, CPU, i, i)));
            world.settle();
        }
        assertThat(ticks(0)).hasSize(1);
        world.pass(20);
        assertThat(ticks(0)).hasSize(2);
        assertThat(ticks(1).getFirst().samples().size()).isEqualTo(9);
        assertThat(ticks(1).getFirst().series()).isEmpty();
    }

    @Test
    void tick_ROOM22_keepsTimesThatLieFarApart() {
        ask(1, "builtin", "cpu");
        rooms.queries().samples(List.of(sample(1, CPU, 0, 1), sample(1, CPU, 1_800_000_000_000L, 2)));
        world.settle();
        assertThat(ticks(0)).extracting(tick -> tick.samples().time(0)).containsExactly(0L, 1_800_000_000_000L);
    }

    @Test
    void table_ROOM23_isReplacedWhole() {
        ask(1, "host", "processes");
        Query query = Query.hostTable("processes");
        assertThat(rooms.queries().isWanted(query)).isTrue();
        Table table = new Table(1, List.of(new Table.Column("name", Table.Kind.TEXT)), List.of());
        rooms.queries().table(query, table);
        rooms.queries().table(Query.hostTable("interfaces"), table);
        world.settle();
        assertThat(ticks(0)).singleElement()
                .satisfies(t -> assertThat(t.tables()).containsExactly(new ServerMessage.LiveTable(query, table)));
    }

    @Test
    void deletedWidget_ROOM24_asksForNothing() {
        ask(1, "builtin", "cpu");
        rooms.push(ada, ada.push(2, new Assignment(WIDGET, Properties.EXISTS, Value.of(false), new Stamp(9, 0, 1))));
        world.settle();
        rooms.queries().samples(List.of(sample(1, CPU, 5, 1)));
        world.settle();
        assertThat(ticks(0)).isEmpty();
    }

    @Test
    void ring_ROOM25_tellsHowManyAReaderLost() {
        TickRing ring = new TickRing();
        for (int i = 1; i <= TickRing.CAPACITY + 10; i++) {
            ring.add(i, new Frame(new ServerMessage.Pong(i, 0)));
        }
        TickRing.Missing missing = ring.after(4, 3);
        assertThat(missing.lost()).isEqualTo(6);
        assertThat(missing.frames()).extracting(f -> ((ServerMessage.Pong) f.messages().getFirst()).id())
                .containsExactly(11L, 12L,
                        13L);
        assertThat(missing.position()).isEqualTo(13);
        assertThat(ring.after(ring.newest(), 5).frames()).isEmpty();
    }
}
