package io.watchfloor.server.store;

import static io.watchfloor.server.store.Edits.accepted;
import static io.watchfloor.server.store.Edits.creation;
import static io.watchfloor.server.store.Edits.digest;
import static io.watchfloor.server.store.Edits.entry;
import static io.watchfloor.server.store.Edits.refused;
import static io.watchfloor.server.store.Edits.titled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.DashboardId;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Snapshot;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Text;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.server.store.ReplicaState.Answer;
import io.watchfloor.server.store.ReplicaState.Decided;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [DashboardStore] keeps to.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class DashboardStoreContract {

    private final DashboardId dashboard = new DashboardId(UUID.randomUUID());

    protected abstract DashboardStore store();

    /// The same data as another instance sees them.
    protected abstract DashboardStore another();

    /// The counter that changes of rights raise; the next call finds it raised.
    protected abstract long raisedRightsRevision();

    @Test
    void append_ACC3_writesNothing_whereRightsHaveChangedSinceItWasDecided() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        long before = raisedRightsRevision();
        long now = raisedRightsRevision();
        assertThat(await(store().append(dashboard, at(1), before, List.of(accepted(2, 0, 2)))))
                .isEqualTo(new AppendResult.Outdated());
        assertThat(await(store().entriesAfter(dashboard, at(1), 10))).isEmpty();
        assertThat(await(store().append(dashboard, at(1), now, List.of(accepted(2, 0, 2)))))
                .isEqualTo(new AppendResult.Appended());
    }

    @Test
    void append_LOG1_leavesNoGapUnderManyWritersOfTwoInstances() {
        await(store().create(dashboard, "Busy", null, creation(1)));
        int writers = 8;
        int each = 25;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                DashboardStore instance = w % 2 == 0 ? store() : another();
                int number = register(instance, new ReplicaId(UUID.randomUUID()), "alice").number();
                running.add(CompletableFuture.runAsync(() -> appendAll(instance, dashboard, number, each), threads));
            }
            running.forEach(CompletableFuture::join);
        }
        List<Entry> log = await(another().entriesAfter(dashboard, at(0), Integer.MAX_VALUE));
        assertThat(log).extracting(Entry::revision)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + writers * each).boxed().toList());
        Map<Integer, List<Long>> byReplica = new TreeMap<>();
        log.forEach(e -> byReplica.computeIfAbsent(e.replica(), _ -> new ArrayList<>()).add(e.clientSeq()));
        byReplica.remove(0);
        assertThat(byReplica).hasSize(writers).values().allSatisfy(
                numbers -> assertThat(numbers)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, each).boxed().toList()));
    }

    @Test
    void append_LOG1_leavesNoGapInManyLogsThatTwoInstancesWriteAtOnce() {
        List<DashboardId> walls = Stream.generate(() -> new DashboardId(UUID.randomUUID())).limit(6).toList();
        int each = 20;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (DashboardId wall : walls) {
                await(store().create(wall, "Busy", null, creation(1)));
                for (DashboardStore instance : List.of(store(), another())) {
                    int number = present(instance.register(wall, new ReplicaId(UUID.randomUUID()), "alice")).number();
                    running.add(CompletableFuture.runAsync(() -> appendAll(instance, wall, number, each), threads));
                }
            }
            running.forEach(CompletableFuture::join);
        }
        for (DashboardId wall : walls) {
            LogPosition start = new LogPosition(present(store().load(wall)).epoch(), 0);
            assertThat(await(store().entriesAfter(wall, start, Integer.MAX_VALUE))).extracting(Entry::revision)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + 2 * each).boxed().toList());
        }
    }

    /// As a room does: when behind, go on from the head that the missing entries tell.
    private void appendAll(DashboardStore instance, DashboardId wall, int replica, int count) {
        Epoch epoch = present(instance.load(wall)).epoch();
        long head = 1;
        for (int seq = 1; seq <= count;) {
            AppendResult result = await(instance.append(wall, new LogPosition(epoch, head),
                    List.of(accepted(head + 1, replica, seq))));
            switch (result) {
                case AppendResult.Appended _ -> {
                    head++;
                    seq++;
                }
                case AppendResult.Behind behind -> {
                    assertThat(behind.missing().getFirst().revision()).isEqualTo(head + 1);
                    head = behind.missing().getLast().revision();
                }
                case AppendResult.Gone _, AppendResult.Unknown _, AppendResult.Outdated _, AppendResult.AlreadyDecided _, AppendResult.OtherEpoch _ ->
                    throw new AssertionError(result);
            }
        }
    }

    @Test
    void append_LOG2_isSeenByOtherInstancesAtOnce() {
        await(store().create(dashboard, "Wall", "alice", creation(2)));
        int number = registered("alice").number();
        List<Decision> group = List.of(accepted(3, number, 1), accepted(4, number, 2));

        assertThat(await(store().append(dashboard, at(2), group))).isEqualTo(new AppendResult.Appended());
        assertThat(await(another().entriesAfter(dashboard, at(0), 100)))
                .containsExactly(entry(1, 0, 1), entry(2, 0, 2), entry(3, number, 1), entry(4, number, 2));
        assertThat(await(another().heads(List.of(dashboard)))).containsExactly(Map.entry(dashboard, at(4)));
    }

    @Test
    void append_LOG3_behindGivesExactlyWhatIsMissingAndWritesNothing() {
        await(store().create(dashboard, "Wall", null, creation(5)));
        int number = registered("alice").number();

        AppendResult result = await(another().append(dashboard, at(2), List.of(accepted(3, number, 1))));

        assertThat(result).isEqualTo(new AppendResult.Behind(List.of(entry(3, 0, 3), entry(4, 0, 4), entry(5, 0, 5))));
        assertThat(await(store().heads(List.of(dashboard)))).containsEntry(dashboard, at(5));
        assertThat(registered("alice").highWater()).isZero();
    }

    @Test
    void append_LOG4_decidesAPushOnce() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        await(store().append(dashboard, at(1), List.of(accepted(2, number, 1), refused(number, 2))));

        List<List<Decision>> again = List.of(List.of(accepted(3, number, 1)), List.of(accepted(3, number, 2)),
                List.of(refused(number, 1)), List.of(accepted(3, number, 3), accepted(4, number, 3)));
        for (List<Decision> group : again) {
            assertThat(await(another().append(dashboard, at(2), group))).isEqualTo(new AppendResult.AlreadyDecided());
        }
        assertThat(await(store().heads(List.of(dashboard)))).containsEntry(dashboard, at(2));
        assertThat(registered("alice").highWater()).isEqualTo(2);
    }

    @Test
    void append_LOG4_refusesAReplicaThatTheDashboardDoesNotKnow() {
        await(store().create(dashboard, "Wall", null, creation(1)));

        fails(store().append(dashboard, at(1), List.of(accepted(2, 77, 1))), "has no replica 77");
        assertThat(await(store().heads(List.of(dashboard)))).containsEntry(dashboard, at(1));
    }

    @Test
    void append_LOG5_remembersRefusalsWhichTakeNoRevision() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();

        AppendResult result = await(
                store().append(dashboard, at(1),
                        List.of(refused(number, 1), accepted(2, number, 2), refused(number, 3))));

        assertThat(result).isEqualTo(new AppendResult.Appended());
        Answer refusal = new Answer.Refused(ErrorCode.INVALID, "operations[0].value",
                "The value is \"nested\" too deeply.");
        assertThat(register(another(), replica, "alice")).isEqualTo(new ReplicaState(epoch(), number, 3,
                List.of(new Decided(1, digest(1), refusal), new Decided(2, digest(2), new Answer.Accepted(2)),
                        new Decided(3, digest(3), refusal))));
    }

    @Test
    void append_LOG5_takesRefusalsAlone() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        Decision withoutField = new Decision.Refused(number, 1, digest(1), ErrorCode.FORBIDDEN, null, "No.");

        assertThat(await(store().append(dashboard, at(1), List.of(withoutField))))
                .isEqualTo(new AppendResult.Appended());
        assertThat(await(store().heads(List.of(dashboard)))).containsEntry(dashboard, at(1));
        assertThat(registered("alice").recent())
                .containsExactly(new Decided(1, digest(1), new Answer.Refused(ErrorCode.FORBIDDEN, null, "No.")));
    }

    @Test
    void append_LOG6_remembersTheLast64Pushes() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        List<Decision> group = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            group.add(accepted(1 + i, number, i));
        }
        await(store().append(dashboard, at(1), group.subList(0, 50)));
        await(store().append(dashboard, at(51), group.subList(50, 100)));

        ReplicaState state = registered("alice");
        assertThat(state.highWater()).isEqualTo(100);
        assertThat(state.recent()).extracting(Decided::clientSeq)
                .containsExactlyElementsOf(LongStream.rangeClosed(37, 100).boxed().toList());
    }

    @Test
    void register_LOG7_refusesAnotherAccountsReplicaInEveryDashboard() {
        DashboardId second = new DashboardId(UUID.randomUUID());
        await(store().create(dashboard, "Wall", null, creation(1)));
        await(store().create(second, "Other wall", null, creation(1)));
        registered("alice");

        assertThat(await(store().register(dashboard, replica, "bob"))).isNull();
        assertThat(await(another().register(second, replica, "bob"))).isNull();
        assertThat(await(another().register(second, replica, "alice"))).isNotNull();
    }

    @Test
    void register_LOG8_numbersReplicasFromOneAndFindsThemAgain() {
        await(store().create(dashboard, "Wall", null, creation(1)));

        assertThat(registered("alice")).isEqualTo(new ReplicaState(epoch(), 1, 0, List.of()));
        assertThat(register(another(), new ReplicaId(UUID.randomUUID()), "bob").number()).isEqualTo(2);
        assertThat(registered("alice").number()).isEqualTo(1);
    }

    @Test
    void load_LOG9_givesTheNewestSnapshotAndWhatFollows() {
        await(store().create(dashboard, "Wall", null, creation(6)));
        StoredDashboard whole = stored();
        assertThat(whole.snapshot()).isEqualTo(Snapshot.EMPTY);
        assertThat(whole.entries()).hasSize(6);

        for (long revision : new long[]{4, 2, 3}) {
            Assignment assignment = (Assignment) entry(revision, 0, revision).operations().getFirst();
            await(store().saveSnapshot(dashboard, epoch(), new Snapshot(revision, List.of(assignment))));
        }
        StoredDashboard stored = stored();
        assertThat(stored.epoch()).isEqualTo(whole.epoch());
        assertThat(stored.snapshot().revision()).isEqualTo(4);
        assertThat(stored.snapshot().assignments())
                .containsExactly((Assignment) entry(4, 0, 4).operations().getFirst());
        assertThat(stored.entries()).containsExactly(entry(5, 0, 5), entry(6, 0, 6));
    }

    @Test
    void load_LOG38_tellsWhoseReplicasAreInTheSnapshot() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int alice = registered("alice").number();
        int bob = register(store(), new ReplicaId(UUID.randomUUID()), "bob").number();
        register(store(), new ReplicaId(UUID.randomUUID()), "carol");
        assertThat(stored().authors()).as("entries name their authors themselves").isEmpty();
        await(store().saveSnapshot(dashboard, epoch(),
                new Snapshot(1, IntStream.of(0, alice, bob)
                        .mapToObj(number -> new Assignment(new ElementId(number), "title", Value.of("x"),
                                new Stamp(1, 0, number)))
                        .toList())));
        assertThat(stored().authors()).isEqualTo(Map.of(alice, "alice", bob, "bob"));
    }

    @Test
    void texts_TXT17_areInTheLogAndInSnapshotsAsTheyWereWritten() {
        ElementId note = new ElementId(-7);
        Text text = new Text(note, "text", "é😀\n\"note\" \u202e\u0001");
        TextEdit first = new TextEdit(note, "text", 0, Delta.insert(0, text.content()));
        TextEdit second = new TextEdit(note, "text", 1, Delta.replace(1, 2, "e\u0301"));
        await(store().create(dashboard, "Wall", null, List.of(new Entry(1, 0, 1, "alice", 1, List.of(first)),
                new Entry(2, 0, 2, "alice", 2, List.of(second)))));
        assertThat(stored().entries().stream().map(Entry::operations)).containsExactly(List.of(first), List.of(second));

        await(store().saveSnapshot(dashboard, epoch(), new Snapshot(1, List.of(), List.of(text))));
        assertThat(stored().snapshot().texts()).containsExactly(text);
        assertThat(stored().entries().getFirst().operations()).containsExactly(second);
    }

    @Test
    void saveSnapshot_LOG9_ignoresOneBeyondTheLogOrOfNoDashboard() {
        await(store().saveSnapshot(dashboard, new Epoch(UUID.randomUUID()), new Snapshot(1, List.of())));
        await(store().create(dashboard, "Wall", null, creation(2)));
        await(store().saveSnapshot(dashboard, epoch(), new Snapshot(3, List.of())));

        assertThat(stored().snapshot()).isEqualTo(Snapshot.EMPTY);
    }

    @Test
    void heads_LOG10_leaveOutWhatIsGone() {
        DashboardId second = new DashboardId(UUID.randomUUID());
        DashboardId never = new DashboardId(UUID.randomUUID());
        await(store().create(dashboard, "Wall", null, creation(3)));
        await(store().create(second, "Other wall", null, creation(1)));

        assertThat(await(another().heads(List.of(dashboard, never, second))))
                .containsExactlyInAnyOrderEntriesOf(Map.of(dashboard, at(3), second,
                        new LogPosition(present(store().load(second)).epoch(), 1)));
        assertThat(await(store().heads(List.of()))).isEmpty();
    }

    @Test
    void list_LOG11_showsTheTitleInForce() {
        await(store().create(dashboard, "First", "alice", creation(1)));
        int number = registered("alice").number();
        assertThat(summary().title()).isEqualTo("First");
        assertThat(summary().owner()).isEqualTo("alice");

        await(store().append(dashboard, at(1), List.of(accepted(titled(2, number, 1, Value.of("Later"), 500)),
                accepted(titled(3, number, 2, Value.of("Made before that, offline"), 400)))));
        assertThat(summary().title()).isEqualTo("Later");

        await(another().append(dashboard, at(3), List.of(accepted(titled(4, number, 3, Value.of(7), 600)))));
        assertThat(summary().title()).isEmpty();
    }

    @Test
    void list_LOG11_tellsWhenADashboardWasChangedLast() {
        await(store().create(dashboard, "Wall", "alice", creation(1)));
        int number = registered("alice").number();
        long made = summary().changedAt();
        assertThat(made).isPositive();
        long head = 1;
        while (summary().changedAt() == made && head < 1_000) {
            await(store().append(dashboard, at(head), List.of(accepted(head + 1, number, head))));
            head++;
        }
        assertThat(summary().changedAt()).isGreaterThan(made);
        long changed = summary().changedAt();
        assertThat(await(store().append(dashboard, at(1), List.of(accepted(2, 0, 2)))))
                .isInstanceOf(AppendResult.Behind.class);
        assertThat(summary().changedAt()).as("an append that writes nothing").isEqualTo(changed);
    }

    @Test
    void list_LOG11_isInTheOrderOfTitles() {
        for (String title : List.of("beta", "Alpha", "gamma", "alpha")) {
            await(store().create(new DashboardId(UUID.randomUUID()), "list " + title, null, creation(1)));
        }
        assertThat(await(another().list())).extracting(DashboardSummary::title).filteredOn(t -> t.startsWith("list "))
                .containsExactly("list Alpha", "list alpha", "list beta", "list gamma");
    }

    @Test
    void delete_LOG12_leavesNothing() {
        await(store().create(dashboard, "Wall", null, creation(2)));
        int number = registered("alice").number();
        await(store().append(dashboard, at(2), List.of(accepted(3, number, 1))));
        await(store().saveSnapshot(dashboard, epoch(), new Snapshot(2, List.of())));

        LogPosition head = at(3);
        assertThat(await(another().delete(dashboard))).isTrue();
        assertThat(await(another().delete(dashboard))).isFalse();
        assertThat(await(store().load(dashboard))).isNull();
        assertThat(await(store().entriesAfter(dashboard, head, 100))).isEmpty();
        assertThat(await(store().register(dashboard, replica, "alice"))).isNull();
        assertThat(await(store().append(dashboard, head, List.of(accepted(4, number, 2)))))
                .isEqualTo(new AppendResult.Gone());
        assertThat(await(store().list())).noneMatch(summary -> summary.dashboard().equals(dashboard));
    }

    @Test
    void entriesAfter_LOG13_comeInOrderAndNoMoreThanAsked() {
        await(store().create(dashboard, "Wall", null, creation(12)));

        assertThat(await(store().entriesAfter(dashboard, at(8), 3))).extracting(Entry::revision).containsExactly(9L,
                10L,
                11L);
        assertThat(await(store().entriesAfter(dashboard, at(11), 3))).extracting(Entry::revision).containsExactly(12L);
        assertThat(await(store().entriesAfter(dashboard, at(12), 3))).isEmpty();
    }

    @Test
    void append_LOG14_keepsValuesExactly() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        List<Value> values = List.of(Value.NULL, Value.of(true), Value.of(Value.Int.MAX), Value.of(-0.1),
                Value.of(1e300), Value.of(Double.MIN_VALUE), Value.of("Ünïcode \ud83d\ude80 \"\\\n\u0001"),
                new Value.Items(List.of(Value.of(0.5), Value.of(""))),
                new Value.Fields(new TreeMap<>(Map.of("b", Value.of(1), "a", Value.NULL))));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            entries.add(entry(2 + i, number, 1 + i, new Assignment(new ElementId(-1 - i), "value", values.get(i),
                    new Stamp(Stamp.MAX_WALL, Integer.MAX_VALUE, number))));
        }
        await(store().append(dashboard, at(1), entries.stream().map(Edits::accepted).toList()));

        assertThat(await(another().entriesAfter(dashboard, at(1), 100))).isEqualTo(entries);
    }

    @Test
    void create_LOG12_refusesAnIdThatIsTaken() {
        await(store().create(dashboard, "Wall", null, creation(2)));

        fails(another().create(dashboard, "Again", null, creation(1)), "");
        assertThat(stored().entries()).hasSize(2);
    }

    @Test
    void append_LOG18_onWhatAnotherEpochHeldWritesNothing() {
        await(store().create(dashboard, "Wall", null, creation(2)));
        int number = registered("alice").number();
        LogPosition other = new LogPosition(new Epoch(UUID.randomUUID()), 2);

        assertThat(await(store().append(dashboard, other, List.of(accepted(3, number, 1)))))
                .isEqualTo(new AppendResult.OtherEpoch());
        await(store().saveSnapshot(dashboard, other.epoch(), new Snapshot(2, List.of())));
        assertThat(stored().entries()).hasSize(2);
    }

    @Test
    void read_LOG18_onWhatAnotherEpochHeldGivesNothing() {
        await(store().create(dashboard, "Wall", null, creation(3)));
        LogPosition before = at(1);
        assertThat(registered("alice").epoch()).isEqualTo(before.epoch());
        await(store().seen(dashboard, at(9)));

        assertThat(await(another().entriesAfter(dashboard, before, 10))).isEmpty();
        assertThat(await(another().entriesAfter(dashboard, at(1), 10))).hasSize(2);
        assertThat(register(another(), replica, "alice").epoch()).isEqualTo(epoch()).isNotEqualTo(before.epoch());
        assertThat(await(another().replicas(dashboard, List.of(1))).values()).extracting(ReplicaState::epoch)
                .containsExactly(epoch());
    }

    @Test
    void append_LOG16_beginsAnEpochWhereTheLogEndsBeforeWhatWasSeen() {
        await(store().create(dashboard, "Wall", null, creation(3)));
        Epoch before = epoch();

        assertThat(await(store().append(dashboard, at(5), List.of(accepted(6, 0, 6)))))
                .isEqualTo(new AppendResult.OtherEpoch());
        assertThat(epoch()).isNotEqualTo(before);
        assertThat(stored().entries()).hasSize(3);
    }

    @Test
    void seen_LOG16_beginsAnEpochWhereTheLogEndsBefore() {
        await(store().create(dashboard, "Wall", null, creation(3)));
        Epoch before = epoch();

        await(store().seen(dashboard, at(3)));
        assertThat(epoch()).isEqualTo(before);
        await(store().seen(dashboard, new LogPosition(new Epoch(UUID.randomUUID()), 9)));
        assertThat(epoch()).isEqualTo(before);
        await(another().seen(dashboard, at(4)));
        assertThat(epoch()).isNotEqualTo(before);
    }

    @Test
    void replicas_LOG6_tellHowFarTheyHaveCome() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        int idle = register(store(), new ReplicaId(UUID.randomUUID()), "bob").number();
        await(store().append(dashboard, at(1), List.of(accepted(2, number, 1), refused(number, 2))));

        assertThat(await(another().replicas(dashboard, List.of(number, idle, 99))))
                .containsOnlyKeys(number, idle).containsEntry(number, registered("alice"))
                .containsEntry(idle, new ReplicaState(epoch(), idle, 0, List.of()));
        assertThat(await(store().replicas(dashboard, List.of()))).isEmpty();
    }

    @Test
    void snapshots_LOG9_areThinnedSoThatEveryRevisionStaysNearOne() {
        int entries = 40;
        await(store().create(dashboard, "Wall", null, creation(entries)));
        for (int revision = 1; revision <= entries; revision++) {
            await(store().saveSnapshot(dashboard, epoch(), present(revision).document().snapshot(revision)));
        }
        for (int revision = 0; revision <= entries; revision++) {
            StoredDashboard state = present(revision);
            assertThat(state.revision()).isEqualTo(revision);
            assertThat(state.document()).isEqualTo(document(revision));
            assertThat(state.entries()).hasSizeLessThan(SnapshotThinning.EVERY);
        }
        assertThat(snapshotsOf(dashboard)).containsExactly(16L, 32L, 39L, 40L);
        assertThat(history().at(dashboard, entries + 1)).isNull();
        assertThat(history().at(new DashboardId(UUID.randomUUID()), 0)).isNull();
    }

    private StoredDashboard present(long revision) {
        return Objects.requireNonNull(history().at(dashboard, revision));
    }

    private static Document document(int revisions) {
        return new StoredDashboard(new Epoch(UUID.randomUUID()), Snapshot.EMPTY, creation(revisions)).document();
    }

    @Test
    void history_LOG31_isReadBackwards() {
        await(store().create(dashboard, "Wall", null, creation(6)));

        assertThat(history().entriesBefore(dashboard, 7, 2)).extracting(Entry::revision).containsExactly(5L, 6L);
        assertThat(history().entriesBefore(dashboard, 3, 9)).extracting(Entry::revision).containsExactly(1L, 2L);
        assertThat(history().entriesBefore(dashboard, 1, 9)).isEmpty();
        assertThat(history().entriesBefore(dashboard, Long.MAX_VALUE, 1)).extracting(Entry::revision)
                .containsExactly(6L);
    }

    @Test
    void letGo_LOG32_takesOldEntriesAndLosesNoState() {
        ReplicaId early = new ReplicaId(UUID.randomUUID());
        await(store().create(dashboard, "Wall", null, creation(3)));
        int earlier = register(store(), early, "bob").number();
        await(store().append(dashboard, at(3), List.of(accepted(4, earlier, 1))));
        await(store().append(dashboard, at(4), List.of(accepted(5, 0, 5))));
        Version named = new Version("Before the change", 2, "alice", 1_000);
        assertThat(history().keep(dashboard, named, document(2).snapshot(2))).isTrue();
        history().letGo(Duration.ofDays(400), Duration.ofDays(4_000)); // what other tests have aged
        assertThat(history().letGo(Duration.ofDays(400), Duration.ofDays(4_000))).isZero();
        age(Duration.ofDays(500));
        int number = registered("alice").number();
        await(store().append(dashboard, at(5), List.of(accepted(6, number, 1))));
        StoredDashboard before = stored();

        assertThat(history().letGo(Duration.ofDays(400), Duration.ofDays(4_000))).isPositive();

        StoredDashboard after = stored();
        assertThat(after.epoch()).isEqualTo(before.epoch());
        assertThat(after.document()).isEqualTo(before.document());
        assertThat(after.snapshot().revision()).isEqualTo(5);
        assertThat(await(store().entriesAfter(dashboard, at(2), 100))).extracting(Entry::revision).containsExactly(6L);
        assertThat(history().entriesBefore(dashboard, 7, 100)).extracting(Entry::revision).containsExactly(6L);
        assertThat(history().at(dashboard, 4)).isNull();
        assertThat(present(5).document().get(ElementId.DASHBOARD, Properties.RANGE)).isEqualTo(Value.of(5));
        assertThat(present(2).document()).as("a named version stays").isEqualTo(document(2));
        assertThat(register(store(), early, "bob")).as("what was decided stays known").isEqualTo(
                new ReplicaState(epoch(), earlier, 1, List.of(new Decided(1, digest(1), new Answer.Accepted(4)))));
        assertThat(await(store().append(dashboard, at(6), List.of(accepted(7, number, 2)))))
                .isEqualTo(new AppendResult.Appended());
        assertThat(history().letGo(Duration.ofDays(400), Duration.ofDays(4_000))).isZero();
    }

    @Test
    void letGo_LOG33_forgetsReplicasThatWereNotUsedForLong() {
        await(store().create(dashboard, "Wall", null, creation(1)));
        int number = registered("alice").number();
        await(store().append(dashboard, at(1), List.of(accepted(2, number, 1))));
        age(Duration.ofDays(500));
        int used = register(store(), new ReplicaId(UUID.randomUUID()), "bob").number();

        history().letGo(Duration.ofDays(4_000), Duration.ofDays(400));

        assertThat(await(store().replicas(dashboard, List.of(0, number, used)))).containsOnlyKeys(0, used);
        ReplicaState back = registered("alice");
        assertThat(back.number()).as("a number is never given twice").isGreaterThan(used);
        assertThat(back.highWater()).isZero();
        assertThat(await(store().append(dashboard, at(2), List.of(accepted(3, back.number(), 1)))))
                .isEqualTo(new AppendResult.Appended());
    }

    @Test
    void version_HIS1_keepsItsNameUntilItIsRemoved() {
        await(store().create(dashboard, "Wall", null, creation(3)));
        Version first = new Version("Night shift", 1, "alice", 1_000);
        Version second = new Version("Day shift", 3, "bob", 2_000);
        assertThat(history().keep(dashboard, first, document(1).snapshot(1))).isTrue();
        assertThat(history().keep(dashboard, second, document(3).snapshot(3))).isTrue();
        assertThat(history().keep(dashboard, new Version("Day shift", 2, "eve", 3_000), document(2).snapshot(2)))
                .as("a name is taken once").isFalse();
        assertThat(history().versions(dashboard)).containsExactly(second, first);

        assertThat(history().remove(dashboard, "Night shift")).isTrue();
        assertThat(history().remove(dashboard, "Night shift")).isFalse();
        assertThat(history().versions(dashboard)).containsExactly(second);
        assertThat(history().keep(new DashboardId(UUID.randomUUID()), first, document(1).snapshot(1))).isFalse();
        await(store().delete(dashboard));
        assertThat(history().versions(dashboard)).isEmpty();
    }

    /// The past of the same dashboards.
    protected abstract HistoryStore history();

    /// Makes everything that is stored now look so much older.
    protected abstract void age(Duration time);

    /// The revisions of the snapshots that are kept, in order.
    protected abstract List<Long> snapshotsOf(DashboardId dashboard);

    private LogPosition at(long revision) {
        return new LogPosition(epoch(), revision);
    }

    private Epoch epoch() {
        return present(store().load(dashboard)).epoch();
    }

    private final ReplicaId replica = new ReplicaId(UUID.randomUUID());

    private ReplicaState registered(String account) {
        return register(store(), replica, account);
    }

    private ReplicaState register(DashboardStore instance, ReplicaId id, String account) {
        return present(instance.register(dashboard, id, account));
    }

    private StoredDashboard stored() {
        return present(another().load(dashboard));
    }

    private DashboardSummary summary() {
        return await(another().list()).stream().filter(s -> s.dashboard().equals(dashboard)).findFirst().orElseThrow();
    }

    protected static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    protected static <T> T present(CompletionStage<@Nullable T> stage) {
        @Nullable
        T value = stage.toCompletableFuture().join();
        return Objects.requireNonNull(value);
    }

    protected static void fails(CompletionStage<?> stage, String sentence) {
        assertThatThrownBy(() -> await(stage)).isInstanceOf(CompletionException.class).cause()
                .isInstanceOf(StoreException.class).hasMessageContaining(sentence);
    }
}
