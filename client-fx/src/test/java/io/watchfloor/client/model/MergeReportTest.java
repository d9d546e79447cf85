package io.watchfloor.client.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.Credentials;
import io.watchfloor.client.sync.LogServer;
import io.watchfloor.client.sync.World;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Query;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MergeReportTest {

    private static final int BROKEN = 1006;

    private final World world = new World();
    private final LogServer server = new LogServer(world);
    private final Connection connection = new Connection(URI.create("http://wall.example"), server.transport(),
            _ -> CompletableFuture.completedFuture(new Credentials.Answer.Token("t", server.time() + 3_600_000)),
            new InMemoryOutbox(new InMemoryOutbox.Disk(), new ReplicaId(new UUID(1, 1)), world),
            world.surroundings());
    private final DashboardModel model = DashboardModel.open(connection, LogServer.DASHBOARD, new SplittableRandom(5));
    private final DashboardEditor editor = model.editor();
    private final List<MergeReport> reports = new ArrayList<>();
    private final List<MergeReport.Item> lost = new ArrayList<>();

    @BeforeEach
    void join() {
        model.listen(new ModelListener() {

            @Override
            public void merged(MergeReport report) {
                reports.add(report);
            }

            @Override
            public void rejected(MergeReport.Item item) {
                lost.add(item);
            }
        });
        connection.start();
        world.settle();
    }

    private ElementId metric(String title, int x) {
        ElementId id = Objects.requireNonNull(editor.add(new WidgetDraft(Properties.KIND_METRIC, title,
                new Bounds(x, 0, 4, 4), Query.promql("load"), "none", List.of())));
        world.advance(50);
        return id;
    }

    private void others(String author, Assignment... assignments) {
        server.commitAs(author, assignments);
    }

    private Assignment set(ElementId element, String property, Value value) {
        world.advance(1);
        return new Assignment(element, property, value, new Stamp(server.time(), 0, 1));
    }

    private void leave() {
        server.accepting = false;
        server.hangUp(BROKEN);
        world.advance(10_000);
    }

    private void comeBack() {
        server.accepting = true;
        world.advance(60_000);
    }

    private Bounds bounds(ElementId id) {
        return Objects.requireNonNull(model.widget(id)).bounds();
    }

    @Test
    void report_OFF10_saysInWordsWhoDidWhatAndWhatWasSent() {
        ElementId a = metric("A", 0);
        ElementId b = metric("B", 4);
        ElementId c = metric("C", 8);
        leave();
        editor.rename(c, "C2");
        others("bob", set(a, Properties.BOUNDS, new Bounds(0, 8, 4, 4).toValue()));
        others("bob", set(b, Properties.BOUNDS, new Bounds(4, 8, 4, 4).toValue()),
                set(b, Properties.TITLE, Value.of("B2")));
        others("eve", set(a, Properties.EXISTS, Value.of(false)));
        others("eve", set(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall")));
        comeBack();
        assertThat(reports).singleElement().satisfies(report -> {
            assertThat(report.lines()).containsExactly("bob moved 2 widgets and renamed 'B2'.",
                    "eve removed 'A' and renamed the dashboard.", "Your edit was sent.");
            assertThat(report.items()).isEmpty();
        });
    }

    /// The log does not reach back to where this desktop was.
    @Test
    void report_OFF10_namesWhoOverrodeWhereThereIsOnlyASnapshot() {
        ElementId a = metric("A", 0);
        leave();
        editor.place(a, new Bounds(2, 2, 4, 4));
        others("bob", set(a, Properties.BOUNDS, new Bounds(9, 9, 4, 4).toValue()));
        server.entriesOnJoin = false;
        comeBack();
        assertThat(reports.getFirst().items()).extracting(MergeReport.Item::sentence)
                .containsExactly("Move 'A': bob moved it later.");
    }

    @Test
    void report_OFF10_namesWhoOverrodeAfterTheReturn() {
        ElementId a = metric("A", 0);
        leave();
        editor.place(a, new Bounds(2, 2, 4, 4));
        world.advance(1_000);
        AtomicBoolean once = new AtomicBoolean(true);
        server.restamps = stamp -> {
            if (once.getAndSet(false)) { // between the return and the ack
                others("eve", set(a, Properties.BOUNDS, new Bounds(9, 9, 4, 4).toValue()));
            }
            return stamp;
        };
        comeBack();
        assertThat(reports.getFirst().items()).extracting(MergeReport.Item::sentence)
                .containsExactly("Move 'A': eve moved it later.");
    }

    @Test
    void takeAllBack_OFF13_isOneStepThatCanBeUndone() {
        ElementId a = metric("A", 0);
        ElementId b = metric("B", 4);
        leave();
        editor.place(a, new Bounds(2, 2, 4, 4));
        editor.rename(b, "Mine");
        others("bob", set(a, Properties.BOUNDS, new Bounds(9, 9, 4, 4).toValue()),
                set(b, Properties.TITLE, Value.of("His")));
        comeBack();
        List<MergeReport.Item> items = reports.getFirst().items();
        assertThat(items).hasSize(2);
        MergeReport.Item all = MergeReport.Item.together(items).orElseThrow();
        assertThat(all.action()).isEqualTo("Take all mine back");

        editor.again(all);
        world.advance(50);
        assertThat(bounds(a)).isEqualTo(new Bounds(2, 2, 4, 4));
        assertThat(Objects.requireNonNull(model.widget(b)).title()).isEqualTo("Mine");
        editor.undo();
        world.advance(50);
        assertThat(bounds(a)).isEqualTo(new Bounds(9, 9, 4, 4));
        assertThat(Objects.requireNonNull(model.widget(b)).title()).isEqualTo("His");
        assertThat(MergeReport.Item.together(items.subList(0, 1))).as("one alone needs no button for all").isEmpty();
    }

    @Test
    void takeBack_OFF13_isANewEditThatCanBeUndone() {
        ElementId a = metric("A", 0);
        leave();
        editor.place(a, new Bounds(2, 2, 4, 4));
        others("bob", set(a, Properties.BOUNDS, new Bounds(9, 9, 4, 4).toValue()));
        comeBack();
        assertThat(bounds(a)).isEqualTo(new Bounds(9, 9, 4, 4));
        MergeReport.Item item = reports.getFirst().items().getFirst();
        assertThat(item.sentence()).isEqualTo("Move 'A': bob moved it later.");
        assertThat(item.action()).isEqualTo("Take mine back");

        editor.again(item);
        world.advance(50);
        assertThat(bounds(a)).isEqualTo(new Bounds(2, 2, 4, 4));
        assertThat(editor.undoLabel()).contains("Take back: move 'A'");
        editor.undo();
        world.advance(50);
        assertThat(bounds(a)).isEqualTo(new Bounds(9, 9, 4, 4));
    }

    @Test
    void takeBack_OFF13_ofAnEditInARemovedWidgetBringsItBack() {
        ElementId a = metric("A", 0);
        leave();
        editor.rename(a, "Mine");
        others("bob", set(a, Properties.EXISTS, Value.of(false)));
        comeBack();
        MergeReport.Item item = reports.getFirst().items().getFirst();
        assertThat(item.sentence()).isEqualTo("Rename 'A': bob removed it later.");
        editor.again(item);
        world.advance(50);
        assertThat(Objects.requireNonNull(model.widget(a)).title()).isEqualTo("Mine");
    }

    @Test
    void restoredLog_OFF12_whatItLacksCanBePutBackWhole() {
        metric("Stays", 0);
        int revision = server.log.size();
        ElementId gone = metric("Gone", 4);
        editor.rename(gone, "Gone too");
        world.advance(50);
        server.restore(revision);
        server.hangUp(BROKEN);
        world.advance(5_000);
        assertThat(model.widget(gone)).isNull();
        List<MergeReport.Item> items = reports.getFirst().items();
        assertThat(items).extracting(MergeReport.Item::sentence).containsExactly("Add 'Gone'", "Rename 'Gone'");
        assertThat(items).extracting(MergeReport.Item::action).containsOnly("Put mine back");
        items.forEach(editor::again);
        world.advance(5_000);
        assertThat(Objects.requireNonNull(model.widget(gone)).title()).isEqualTo("Gone too");
        assertThat(model.unsent()).isZero();
    }

    @Test
    void rejected_OFF14_offersTheLostValueAgain() {
        ElementId a = metric("A", 0);
        server.refuses = _ -> true;
        editor.rename(a, "Mine");
        world.advance(50);
        assertThat(lost).singleElement().satisfies(item -> assertThat(item.sentence())
                .isEqualTo("Rename 'A' was taken back: It is not allowed."));
        server.refuses = _ -> false;
        editor.again(lost.getFirst());
        world.advance(50);
        assertThat(Objects.requireNonNull(model.widget(a)).title()).isEqualTo("Mine");
    }
}
