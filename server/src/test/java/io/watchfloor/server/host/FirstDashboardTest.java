package io.watchfloor.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Sample;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.host.Sampling.Identity;
import io.watchfloor.server.host.ThisMachine.Told;
import io.watchfloor.server.store.DashboardSummary;
import io.watchfloor.server.store.memory.InMemoryDashboardStore;
import io.watchfloor.server.store.memory.InMemoryMilestoneStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FirstDashboardTest {

    /// Cells of a window of 1600 by 1000.
    private static final int ROWS = 17;
    private static final Identity IDENTITY = new Identity("web \"1\"", "one");

    private final InMemoryDashboardStore dashboards = new InMemoryDashboardStore(Runnable::run, InstantSource.system(),
            new Random(1));
    private final InMemoryMilestoneStore milestones = new InMemoryMilestoneStore();

    @Test
    void first_SAM15_isMadeOnceAndNotAgainWhenItWasDeleted() {
        assertThat(first().ensure(IDENTITY, Runnable::run)).isTrue();
        assertThat(first().ensure(IDENTITY, Runnable::run)).isFalse();
        assertThat(dashboards.list().toCompletableFuture().join()).extracting(DashboardSummary::title)
                .containsExactly("This machine");
        dashboards.delete(FirstDashboard.ID).toCompletableFuture().join();
        assertThat(first().ensure(IDENTITY, Runnable::run)).isFalse();
        assertThat(dashboards.list().toCompletableFuture().join()).isEmpty();
    }

    @Test
    void first_SAM15_remembersItWhereTheLastStartCouldNot() {
        first().ensure(IDENTITY, Runnable::run);
        InMemoryMilestoneStore forgotten = new InMemoryMilestoneStore();
        assertThat(new FirstDashboard(dashboards, forgotten, InstantSource.system(), new Random(3)).ensure(IDENTITY,
                Runnable::run))
                .isFalse();
        assertThat(forgotten.reached("first-dashboard")).isTrue();
    }

    @Test
    void thisMachine_SAM15_isAValidDocument() {
        List<Operation> operations = draw();
        assertThat(operations).hasSizeLessThanOrEqualTo(Limits.OPERATIONS_PER_PUSH);
        assertThat(operations).extracting(operation -> ((Assignment) operation).stamp()).isSorted()
                .doesNotHaveDuplicates().allMatch(stamp -> stamp.replica() == 0);
        for (Operation operation : operations) {
            Assignment assignment = (Assignment) operation;
            assertThat(PropertyTypes.problemOf(assignment.property(), assignment.value())).isNull();
            assertThat(Limits.problemOf(assignment.value())).isNull();
        }
    }

    @Test
    void thisMachine_SAM15_fillsOneScreenWithoutOverlaps() {
        Document document = document();
        List<Bounds> all = new ArrayList<>();
        int cells = 0;
        for (ElementId element : document.elements()) {
            Bounds bounds = Bounds.of(document.get(element, Properties.BOUNDS));
            if (bounds != null) {
                assertThat(all).noneMatch(bounds::overlaps);
                all.add(bounds);
                cells += bounds.w() * bounds.h();
                assertThat(bounds.y() + bounds.h()).isLessThanOrEqualTo(ROWS);
            }
        }
        assertThat(cells).as("no hole").isEqualTo(Bounds.COLUMNS * ROWS);
        assertThat(kinds(document, Properties.KIND_CHART)).isGreaterThanOrEqualTo(2);
        assertThat(kinds(document, Properties.KIND_METRIC)).isGreaterThanOrEqualTo(3);
        assertThat(kinds(document, Properties.KIND_TABLE)).isEqualTo(1);
    }

    @Test
    void thisMachine_SAM15_asksOnlyForWhatIsSampled() {
        List<SeriesKey> sampled = sampled();
        assertThat(selectors(document())).hasSizeGreaterThan(8).allSatisfy(selector -> {
            if (selector.matchers().pairs().containsKey("host")) {
                assertThat(sampled).as(selector.toString()).anyMatch(selector::matches);
            } else {
                assertThat(selector.matchers().get("instance")).isEqualTo("one");
            }
        });
    }

    @Test
    void thisMachine_SAM15_drawsNothingThatTheMachineDoesNotTell() {
        List<SeriesKey> without = sampled().stream().filter(key -> !key.name().startsWith("net_"))
                .filter(key -> !key.labels().get("mode").equals("user")).toList();
        Document document = document(new Told(without, false));
        assertThat(selectors(document)).noneMatch(selector -> selector.name().startsWith("net_"))
                .anyMatch(selector -> selector.matchers().get("mode").equals("system"))
                .noneMatch(selector -> selector.matchers().get("mode").equals("user"));
        assertThat(kinds(document, Properties.KIND_TABLE)).isZero();
        assertThat(kinds(document, Properties.KIND_CHART)).isEqualTo(kinds(document(), Properties.KIND_CHART) - 1);
        assertThat(kinds(document(new Told(List.of(), false)), Properties.KIND_CHART)).isZero();
    }

    @Test
    void thisMachine_SAM15_takesAnotherFileSystemWhereThereIsNoRoot() {
        SeriesKey drive = new SeriesKey("disk_used_percent", Labels.of("host", IDENTITY.host(), "mount", "C:"));
        assertThat(selectors(document(new Told(List.of(drive), false))))
                .anyMatch(selector -> selector.matchers().get("mount").equals("C:"));
    }

    private static List<Selector> selectors(Document document) {
        List<Selector> selectors = new ArrayList<>();
        for (ElementId element : document.elements()) {
            if (document.get(element, Properties.QUERY) instanceof Value.Fields query
                    && Value.of(Query.PROMQL).equals(query.values().get("language"))
                    && query.values().get("text") instanceof Value.Str(String text)) {
                selectors.add(Selector.parse(text));
            }
        }
        return selectors;
    }

    private static List<SeriesKey> sampled() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, IDENTITY.host());
        machine.reading = HostSamplerTest.reading(0, 0, 0);
        sampler.sample(0);
        machine.reading = HostSamplerTest.reading(1_000_000_000, 10, 10);
        return sampler.sample(1).stream().map(Sample::series).toList();
    }

    private FirstDashboard first() {
        return new FirstDashboard(dashboards, milestones, InstantSource.system(), new Random(2));
    }

    private static long kinds(Document document, String kind) {
        return document.elements().stream()
                .filter(element -> Value.of(kind).equals(document.get(element, Properties.KIND))).count();
    }

    private static List<Operation> draw() {
        return ThisMachine.draw(IDENTITY, new Told(sampled(), true), 1_000, new Random(5));
    }

    private static Document document() {
        return document(new Told(sampled(), true));
    }

    private static Document document(Told told) {
        Document document = new Document();
        ThisMachine.draw(IDENTITY, told, 1_000, new Random(5))
                .forEach(operation -> document.apply((Assignment) operation));
        return document;
    }
}
