package io.watchfloor.client.view.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.outbox.KeptList;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.client.view.list.DashboardListModel.State;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DashboardListModelTest {

    private static final DashboardRow WALL = row(1, "Wall", Right.OWN);
    private static final DashboardRow NIGHT = row(2, "Night", Right.VIEW);

    private final List<DashboardRow> opened = new ArrayList<>();
    private final List<DashboardId> deleted = new ArrayList<>();
    private Outcome<DashboardList> list = new Outcome.Ok<>(new DashboardList(List.of(WALL, NIGHT)));
    private @Nullable KeptList kept;
    private Outcome<String> deletion = new Outcome.Ok<>("");
    private final DashboardListModel model = new DashboardListModel(new DashboardListModel.Shelf() {

        @Override
        public CompletableFuture<Outcome<DashboardList>> list() {
            return CompletableFuture.completedFuture(list);
        }

        @Override
        public @Nullable KeptList kept() {
            return kept;
        }

        @Override
        public CompletableFuture<Outcome<DashboardRow>> create(String title) {
            return CompletableFuture.completedFuture(new Outcome.Ok<>(row(3, title, Right.OWN)));
        }

        @Override
        public CompletableFuture<? extends Outcome<?>> delete(DashboardId id) {
            deleted.add(id);
            return CompletableFuture.completedFuture(deletion);
        }
    }, true, ZoneOffset.UTC, opened::add);

    @Test
    void waits_thenShows_andKeepsAnOldListWhenTheServerIsAway() {
        assertThat(model.stateProperty().get()).isEqualTo(new State.Waiting());
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(WALL, NIGHT), null));

        list = new Outcome.Unreachable<>("No answer.");
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(WALL, NIGHT), null));
        assertThat(model.errorProperty().get()).isEqualTo("No answer.");

        list = new Outcome.Ok<>(new DashboardList(List.of(WALL)));
        model.refresh();
        assertThat(model.errorProperty().get()).as("it is back").isEmpty();
    }

    @Test
    void withoutAList_theReasonIsShown() {
        list = new Outcome.Unreachable<>("No answer.");
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Failed("No answer."));
    }

    @Test
    void withoutAServer_OFF5_theKeptListIsShownWithItsTime_untilThereIsANewOne() {
        kept = new KeptList(Instant.parse("2026-03-04T13:58:00Z").toEpochMilli(), List.of(NIGHT));
        list = new Outcome.Unreachable<>("No answer.");
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(NIGHT), null));
        assertThat(model.offlineProperty().get()).startsWith("No answer. This is the list as of 4 Mar, 13:58");

        list = new Outcome.Ok<>(new DashboardList(List.of(WALL)));
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(WALL), null));
        assertThat(model.offlineProperty().get()).isEmpty();
    }

    @Test
    void deleting_asksFirst_andTheQuestionSurvivesARefresh() {
        model.refresh();
        model.ask(WALL.id());
        model.refresh();
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(WALL, NIGHT), WALL.id()));
        assertThat(deleted).isEmpty();

        model.delete(WALL.id());
        assertThat(deleted).containsExactly(WALL.id());
        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(NIGHT), null));
    }

    @Test
    void aRefusedDeletion_leavesTheRow_andSaysWhy() {
        deletion = new Outcome.Refused<>(403, "forbidden", "Only its owner deletes it.");
        model.refresh();
        model.ask(WALL.id());
        model.delete(WALL.id());

        assertThat(model.stateProperty().get()).isEqualTo(new State.Shown(List.of(WALL, NIGHT), null));
        assertThat(model.errorProperty().get()).isEqualTo("Only its owner deletes it.");
        model.refresh();
        assertThat(model.errorProperty().get()).isEqualTo("Only its owner deletes it.");
    }

    @Test
    void aNewDashboard_isOpenedAtOnce() {
        model.create();
        assertThat(opened).extracting(DashboardRow::title).containsExactly("New dashboard");
    }

    @Test
    void onlyOwners_mayDelete() {
        assertThat(DashboardListModel.mayDelete(WALL)).isTrue();
        assertThat(DashboardListModel.mayDelete(NIGHT)).isFalse();
    }

    private static DashboardRow row(long id, String title, Right right) {
        return new DashboardRow(new DashboardId(new UUID(0, id)), title, "anna", 0, right);
    }
}
