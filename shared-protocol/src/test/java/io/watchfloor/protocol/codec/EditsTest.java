package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.Message;
import io.watchfloor.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Edits are written and read in CBOR by hand; whatever is done so, the mapper does alike.
class EditsTest {

    private static final RecordCodec CBOR = RecordCodec.of(Encoding.CBOR);
    private static final Value[] VALUES = {Value.NULL, Value.of(true), Value.of(false), Value.of(0), Value.of(23),
            Value.of(24), Value.of(-25), Value.of(70_000), Value.of(-5_000_000_000L), Value.of(0.1),
            Value.of(Double.MIN_VALUE), Value.of("Zürich 😀"), Value.of("x".repeat(300)), Value.of("\ufffd"),
            new Value.Items(List.of(Value.of(1), new Value.Items(List.of()))),
            new Value.Fields(new TreeMap<>(java.util.Map.of("x", Value.of(1), "ÿ", Value.of("y"))))};

    @Test
    void edits_COD1_areReadAlikeByHandAndByTheMapper() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2_000; i++) {
            Message message = message(random);
            byte[] byHand = CBOR.encode(message);
            assertThat(CBOR.decodeByMapper(byHand, Message.class)).containsExactly(message);
            assertThat(CBOR.decodeAll(byHand, Message.class)).containsExactly(message);
            assertThat(CBOR.decodeAll(CBOR.encodeByMapper(message), Message.class)).containsExactly(message);
        }
    }

    @Test
    void edits_COD3_whatIsReadByHandIsNothingElseToTheMapper() {
        SplittableRandom random = new SplittableRandom(6);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = CBOR.encode(message(random));
            int at = random.nextInt(bytes.length);
            bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] ^ (1 << random.nextInt(8)));
            @Nullable
            List<Message> byHand = Edits.decode(bytes, Message.class);
            if (byHand != null) {
                read++;
                assertThat(CBOR.decodeByMapper(bytes, Message.class)).as(HexFormat.of().formatHex(bytes))
                        .isEqualTo(byHand);
            }
        }
        assertThat(read).as("some mutations are edits still").isGreaterThan(1_000);
    }

    @Test
    void entries_COD1_areWrittenInJsonByHandToTheByteAsByTheMapper() {
        RecordCodec json = RecordCodec.of(Encoding.JSON);
        SplittableRandom random = new SplittableRandom(7);
        int byHand = 0;
        for (int i = 0; i < 4_000; i++) {
            if (message(random) instanceof ServerMessage.Committed(int _, Entry entry)) {
                byHand += JsonEdits.encode(entry) == null ? 0 : 1;
                assertThat(json.encode(entry)).isEqualTo(json.encodeByMapper(entry));
            }
        }
        assertThat(byHand).isGreaterThan(200);
        for (String text : List.of("", "\"", "\\", "\n", "\u0000", "\u007f", "\u0080", "\u2028", "/", "<é😀>")) {
            Entry entry = new Entry(1, 0, 1, "ada" + text, 5, List.of(new Assignment(new ElementId(-1), "p" + text,
                    new Value.Fields(new TreeMap<>(java.util.Map.of(text, Value.of(text)))), new Stamp(1, 2, 3)),
                    new Assignment(ElementId.DASHBOARD, "q", new Value.Fields(new TreeMap<>()), new Stamp(1, 2, 3)),
                    new Assignment(ElementId.DASHBOARD, "q", Value.of(-(1L << 53) + 1), new Stamp(1, 2, 3))));
            assertThat(json.encode(entry)).isEqualTo(json.encodeByMapper(entry));
        }
    }

    @Test
    void joined_COD1_putTogetherOutOfPartsIsReadAsTheWhole() {
        SplittableRandom random = new SplittableRandom(8);
        RandomRecords records = new RandomRecords(9);
        int snapshots = 0;
        for (int i = 0; i < 1_000; i++) {
            ServerMessage.Joined made = (ServerMessage.Joined) records.make(ServerMessage.Joined.class);
            List<Entry> entries = new ArrayList<>();
            for (int j = random.nextInt(40); j > 0; j--) {
                if (message(random) instanceof ServerMessage.Committed(int _, Entry entry)) {
                    entries.add(entry);
                }
            }
            snapshots += made.snapshot() == null ? 0 : 1;
            Message whole = with(made, made.snapshot(), entries);
            for (Encoding encoding : Encoding.values()) {
                RecordCodec codec = RecordCodec.of(encoding);
                byte[] parts = codec.encodeJoined(with(made, null, List.of()),
                        made.snapshot() == null ? null : codec.encode(made.snapshot()),
                        entries.stream().map(codec::encode).toList());
                assertThat(codec.decode(parts, Message.class)).isEqualTo(whole);
                if (encoding == Encoding.JSON) {
                    assertThat(parts).isEqualTo(codec.encode(whole));
                }
            }
        }
        assertThat(snapshots).isBetween(100, 900);
    }

    private static ServerMessage.Joined with(ServerMessage.Joined made, @Nullable Snapshot snapshot,
            List<Entry> entries) {
        return new ServerMessage.Joined(made.dashboard(), made.room(), made.right(), made.epoch(), made.replica(),
                made.highWater(), made.authors(), snapshot, entries);
    }

    @Test
    void edits_COD10_ofOnePushShareTheirWallTimeAndReplica() {
        Assignment first = new Assignment(new ElementId(1), "z", Value.of("V"), new Stamp(1_794_700_226_442L, 0, 3));
        Message push = new ClientMessage.Push(7, 12,
                List.of(first, first.withStamp(new Stamp(1_794_700_226_442L, 1, 3))));
        String second = "84" + "480000000000000001" + "617a" + "6156" + "01";
        assertThat(HexFormat.of().formatHex(CBOR.encode(push))).endsWith(second);
    }

    /// As it was written before: with the type of every operation.
    @Test
    void edits_COD10_areReadWithTheirTypeToo() {
        byte[] long1 = HexFormat.of().parseHex("9f64707573689f070c819f6a61737369676e6d656e749f480000000000000000657469"
                + "746c656e436f726520726f757465727320429f1b000001a1dc782f8a0003ffffffffff");
        assertThat(CBOR.decode(long1, Message.class)).isEqualTo(new ClientMessage.Push(7, 12, List.of(new Assignment(
                ElementId.DASHBOARD, "title", Value.of("Core routers B"), new Stamp(1_794_700_226_442L, 0, 3)))));
    }

    private static Message message(SplittableRandom random) {
        List<Operation> operations = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            if (random.nextInt(4) == 0) {
                operations.add(new TextEdit(new ElementId(random.nextLong()), "text", random.nextLong(1L << 40),
                        Delta.replace(random.nextInt(500), random.nextInt(3), random.nextBoolean() ? "é" : "abc")));
                continue;
            }
            operations.add(new Assignment(new ElementId(random.nextLong()), random.nextBoolean() ? "bounds" : "ä",
                    VALUES[random.nextInt(VALUES.length)],
                    new Stamp(1_794_700_226_442L + random.nextInt(2), random.nextInt(100), random.nextInt(2))));
        }
        return random.nextBoolean()
                ? new ClientMessage.Push(random.nextInt(300), random.nextLong(1L << 40), operations)
                : new ServerMessage.Committed(random.nextInt(300), new Entry(random.nextLong(1L << 40),
                        random.nextInt(300), random.nextLong(100_000), "ada", 1_794_700_226_450L, operations));
    }
}
