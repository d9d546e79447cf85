package io.watchfloor.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DocumentTest {

    @Test
    void document_DOC1_isTheSameInAnyOrderAndHoweverOftenApplied() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 300; round++) {
            List<Assignment> assignments = assignments(random, random.nextInt(1, 60));
            Document inOrder = new Document();
            assignments.forEach(inOrder::apply);
            List<Assignment> shuffled = new ArrayList<>(assignments);
            for (int i = random.nextInt(20); i > 0; i--) {
                shuffled.add(assignments.get(random.nextInt(assignments.size())));
            }
            Collections.shuffle(shuffled, new Random(random.nextLong()));
            Document other = new Document();
            shuffled.forEach(other::apply);
            assertThat(other).isEqualTo(inOrder);
            assertThat(other.stateHash()).isEqualTo(inOrder.stateHash());
            Document again = Document.of(inOrder.snapshot(9));
            assertThat(again).isEqualTo(inOrder);
            assertThat(again.stateHash()).isEqualTo(inOrder.stateHash());
            assertThat(again.snapshot(9)).isEqualTo(other.snapshot(9));
            for (Assignment assignment : assignments) {
                assertThat(inOrder.get(assignment.element(), assignment.property()))
                        .isEqualTo(inForce(assignments, assignment));
            }
        }
    }

    /// Of those of the same property, the one with the greatest stamp.
    private static Value inForce(List<Assignment> assignments, Assignment of) {
        return assignments.stream()
                .filter(each -> each.element().equals(of.element()) && each.property().equals(of.property()))
                .max(Comparator.comparing(Assignment::stamp)).orElseThrow().value();
    }

    @Test
    void document_DOC2_hashAskedForAtAnyMomentIsThatOfTheDocumentThere() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 200; round++) {
            Document asked = new Document();
            for (Assignment assignment : assignments(random, random.nextInt(1, 60))) {
                asked.apply(assignment);
                if (random.nextInt(3) == 0) {
                    assertThat(asked.stateHash()).isEqualTo(Document.of(asked.snapshot(1)).stateHash());
                }
            }
            assertThat(asked.stateHash()).isEqualTo(Document.of(asked.snapshot(1)).stateHash());
        }
    }

    @Test
    void stateHash_DOC2_takesBackWhatWasAdded() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 10_000; round++) {
            StateHash one = new StateHash(random.nextLong(), random.nextInt(3) - 1);
            StateHash other = new StateHash(random.nextLong(), random.nextInt(3) - 1);
            assertThat(one.plus(other).minus(other)).isEqualTo(one);
        }
    }

    /// Parts of a set of assignments, each applied somewhere else, come together by way of their snapshots.
    @Test
    void document_DOC1_isTheSameHoweverTheAssignmentsWereParted() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 300; round++) {
            List<Assignment> assignments = assignments(random, random.nextInt(1, 60));
            Document whole = new Document();
            assignments.forEach(whole::apply);
            List<Document> parts = new ArrayList<>();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                parts.add(new Document());
            }
            for (Assignment assignment : assignments) {
                parts.get(random.nextInt(parts.size())).apply(assignment);
                parts.get(random.nextInt(parts.size())).apply(assignment);
            }
            Document together = new Document();
            Collections.shuffle(parts, new Random(random.nextLong()));
            parts.forEach(part -> part.snapshot(1).assignments().forEach(together::apply));
            assertThat(together).isEqualTo(whole);
            assertThat(together.stateHash()).isEqualTo(whole.stateHash());
        }
    }

    /// Distinct stamps, of which many differ in nothing but the counter or the replica, on few properties.
    private static List<Assignment> assignments(SplittableRandom random, int size) {
        List<Stamp> stamps = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            stamps.add(new Stamp(i % 5, i / 5 % 3, i / 15));
        }
        Collections.shuffle(stamps, new Random(random.nextLong()));
        return stamps.subList(0, size).stream()
                .map(stamp -> new Assignment(new ElementId(random.nextLong(3)), "p" + random.nextInt(3), value(random),
                        stamp))
                .toList();
    }

    private static Value value(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Value.Null();
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> Value.of(random.nextInt(9));
            case 3 -> Value.of(random.nextInt(9) / 4.0);
            case 4 -> Value.of("text " + random.nextInt(9));
            default -> new Value.Items(List.of(Value.of(random.nextInt(3)), Value.of("b")));
        };
    }

    @Test
    void document_DOC2_hashTellsWhatItHolds() {
        Document document = new Document();
        assertThat(document.stateHash()).isEqualTo(StateHash.EMPTY);
        Assignment a = new Assignment(new ElementId(1), "title", Value.of("CPU"), new Stamp(1_000, 0, 1));
        document.apply(a);
        StateHash before = document.stateHash();
        assertThat(StateHash.parse(before.toString())).isEqualTo(before);
        assertThat(document.apply(a)).isFalse();
        document.apply(new Assignment(new ElementId(1), "title", Value.of("CPU"), new Stamp(1_000, 0, 2)));
        assertThat(document.stateHash()).isNotEqualTo(before);
    }

    /// The vector that PROTOCOL.md gives to those who write another client.
    @Test
    void document_DOC2_hashOfTheDocumentedExample() {
        Document document = new Document();
        document.apply(new Assignment(new ElementId(1), "title", Value.of("CPU"), new Stamp(1_000, 2, 3)));
        assertThat(StateHash.canonical(Objects.requireNonNull(document.find(new ElementId(1), "title")))).asHexString()
                .isEqualTo(
                        "0000000000000001" + "00000005" + "7469746C65" + "73" + "00000003" + "435055"
                                + "00000000000003E8"
                                + "00000002" + "00000003");
        assertThat(document.stateHash().toString()).isEqualTo("b35a8961f7068cae21fd301b89e08cfe");
        document.apply(new Assignment(ElementId.DASHBOARD, "range", Value.of(900), new Stamp(1_001, 0, 3)));
        assertThat(document.stateHash().toString()).isEqualTo("7aa147ab8c24d5adf73469c1d04e5e66");
    }

    @Test
    void text_DOC8_isKeptBesideTheRegisters() {
        TextId id = new TextId(new ElementId(1), "text");
        Document document = new Document();
        document.apply(edit(id, Delta.insert(0, "note")));
        document.apply(edit(id, Delta.NONE));
        assertThat(document.text(id)).isEqualTo("note");
        assertThat(document.get(id.element(), "text")).isNull();
        Snapshot snapshot = document.snapshot(4);
        assertThat(snapshot.texts()).containsExactly(new Text(id.element(), "text", "note"));
        assertThat(Document.of(snapshot)).isEqualTo(document);
        assertThat(Document.of(snapshot).stateHash()).isEqualTo(document.stateHash()).isNotEqualTo(StateHash.EMPTY);
        assertThatThrownBy(() -> document.apply(edit(id, Delta.delete(3, 2))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(document.text(id)).isEqualTo("note");
    }

    /// A text that was emptied is one that was never written.
    @Test
    void text_DOC8_thatIsEmptyLeavesNothing() {
        TextId id = new TextId(new ElementId(1), "text");
        Document document = new Document();
        document.apply(edit(id, Delta.insert(0, "note")));
        document.apply(edit(id, Delta.delete(0, 4)));
        assertThat(document).isEqualTo(new Document());
        assertThat(document.stateHash()).isEqualTo(StateHash.EMPTY);
        assertThat(document.texts()).isEmpty();
    }

    /// The vector that PROTOCOL.md gives.
    @Test
    void text_DOC8_hashOfTheDocumentedExample() {
        Text text = new Text(new ElementId(1), "text", "disk 😀");
        assertThat(StateHash.canonical(text)).asHexString()
                .isEqualTo("0000000000000001" + "00000004" + "74657874" + "78" + "00000009" + "6469736B20F09F9880");
        assertThat(Document.of(new Snapshot(1, List.of(), List.of(text))).stateHash().toString())
                .isEqualTo("11bb45e94531efd7fb9936db20b08ee1");
    }

    private static TextEdit edit(TextId id, Delta delta) {
        return new TextEdit(id.element(), id.property(), 0, delta);
    }

    @Test
    void stamp_DOC3_isRefusedWhereIllFormed() {
        assertThatThrownBy(() -> new Stamp(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stamp(1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Stamp(Stamp.MAX_WALL + 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clock_DOC4_isAlwaysLaterThanWhatItSaw() {
        HybridClock clock = HybridClock.ofReplica();
        Stamp first = clock.next(100, 1);
        assertThat(clock.next(50, 1)).isGreaterThan(first);
        clock.observe(new Stamp(900, Integer.MAX_VALUE, 2));
        assertThat(clock.next(100, 1)).isEqualTo(new Stamp(901, 0, 1));
        assertThat(clock.next(2_000, 1)).isEqualTo(new Stamp(2_000, 0, 1));
    }

    @Test
    void clock_DOC4_ofAReplicaAndOfARoomNeverGiveTheSame() {
        HybridClock replica = HybridClock.ofReplica();
        HybridClock room = HybridClock.ofRoom();
        SplittableRandom random = new SplittableRandom(4);
        List<Stamp> given = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            HybridClock clock = random.nextBoolean() ? replica : room;
            HybridClock other = clock == room ? replica : room;
            Stamp stamp = clock.next(random.nextInt(20), 1);
            given.add(stamp);
            if (random.nextInt(3) == 0) {
                other.observe(stamp);
            }
        }
        assertThat(given).doesNotHaveDuplicates();
        for (HybridClock clock : List.of(replica, room)) {
            for (int end = Integer.MAX_VALUE - 2; end > 0; end++) {
                clock.observe(new Stamp(1L << 40, end, 2));
                assertThat(clock.next(0, 1)).isGreaterThan(new Stamp(1L << 40, end, 2));
            }
        }
    }

    @Test
    void index_DOC5_findsRoomBetweenAnyTwo() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> keys = new ArrayList<>(List.of(FractionalIndex.between(null, null)));
        for (int i = 0; i < 2_000; i++) {
            int at = random.nextInt(keys.size() + 1);
            String before = at == 0 ? null : keys.get(at - 1);
            String after = at == keys.size() ? null : keys.get(at);
            keys.add(at, FractionalIndex.between(before, after));
        }
        assertThat(keys).isSorted().doesNotHaveDuplicates();
        assertThat(keys.stream().filter(k -> k.length() <= FractionalIndex.MAX_LENGTH))
                .allMatch(FractionalIndex::isValid);
    }

    @Test
    void value_DOC6_hasOneFormForEachNumber() {
        assertThat(Value.of(2.0)).isEqualTo(new Value.Int(2));
        assertThat(Value.of(-0.0)).isEqualTo(new Value.Int(0));
        assertThat(Value.of(1e300)).isEqualTo(new Value.Real(1e300));
        assertThatThrownBy(() -> Value.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Value.of(1L << 53)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void value_DOC6_isRefusedOverItsLimits() {
        assertThat(Limits.problemOf(Value.of("x".repeat(Limits.VALUE_BYTES)))).isNull();
        assertThat(Limits.problemOf(Value.of("x".repeat(Limits.VALUE_BYTES + 1)))).isEqualTo("is larger than 64 KiB");
        assertThat(Limits.problemOf(Value.of("é".repeat(Limits.VALUE_BYTES / 2 + 1))))
                .isEqualTo("is larger than 64 KiB");
        assertThat(Limits.problemOf(Value.of("a\u0000b"))).isEqualTo("holds the character U+0000");
        assertThat(Limits.problemOf(Value.of("\ud83d"))).isEqualTo("holds half of a surrogate pair");
        assertThat(Limits.problemOf(Value.of("\ude00\ud83d"))).isEqualTo("holds half of a surrogate pair");
        assertThat(Limits.problemOf(Value.of("😀"))).isNull();
        Value nested = Value.of(1);
        for (int i = 0; i < 3; i++) {
            nested = new Value.Items(List.of(nested));
        }
        assertThat(Limits.problemOf(nested)).isNull();
        assertThat(Limits.problemOf(new Value.Items(List.of(nested)))).isEqualTo("is nested more than 4 deep");
        assertThat(Limits.problemOfName("bounds")).isNull();
        assertThat(Limits.problemOfName("")).isEqualTo("is empty");
        assertThat(Limits.problemOfName("a b")).contains("position 2");
    }

    @Test
    void bounds_DOC7_stayInTheGrid() {
        Bounds bounds = new Bounds(20, 5, 4, 3);
        assertThat(Bounds.of(bounds.toValue())).isEqualTo(bounds);
        assertThat(Bounds.of(Value.of(3))).isNull();
        assertThatThrownBy(() -> new Bounds(21, 5, 4, 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
