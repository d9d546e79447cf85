package io.watchfloor.client.view.list;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.sync.outbox.KeptList;
import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/// What the list of dashboards shows and does. FX thread only.
public final class DashboardListModel {

    /// Title of a dashboard that nobody has named yet.
    static final String UNTITLED = "New dashboard";

    /// The server's dashboards. Every future completes on the FX thread.
    public interface Shelf {

        CompletableFuture<Outcome<DashboardList>> list();

        /// The list as it was last known; null where it never was.
        @Nullable
        KeptList kept();

        CompletableFuture<Outcome<DashboardRow>> create(String title);

        CompletableFuture<? extends Outcome<?>> delete(DashboardId id);
    }

    /// How the list stands.
    public sealed interface State {

        /// Asked for; nothing has come yet.
        record Waiting() implements State {}

        /// @param deleting the row that asks whether it is to be deleted
        record Shown(List<DashboardRow> rows, @Nullable DashboardId deleting) implements State {

            public Shown {
                rows = List.copyOf(rows);
            }
        }

        /// @param sentence why there is no list
        record Failed(String sentence) implements State {}
    }

    private final Shelf shelf;
    private final boolean mayCreate;
    private final Consumer<DashboardRow> opener;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Waiting());
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper offline = new ReadOnlyStringWrapper("");
    private final ZoneId zone;
    /// Whether the error is that the list could not be had anew.
    private boolean stale;

    /// @param zone for the times that are told
    /// @param opener shows a dashboard
    public DashboardListModel(Shelf shelf, boolean mayCreate, ZoneId zone, Consumer<DashboardRow> opener) {
        this.zone = zone;
        this.shelf = shelf;
        this.mayCreate = mayCreate;
        this.opener = opener;
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /// That the list is an old one, and of when; empty where it is not.
    public ReadOnlyStringProperty offlineProperty() {
        return offline.getReadOnlyProperty();
    }

    /// Whether the account may make dashboards.
    public boolean mayCreate() {
        return mayCreate;
    }

    public static boolean mayDelete(DashboardRow row) {
        return row.right() == Right.OWN;
    }

    /// Asks for the list anew; what is shown stays until the answer is there.
    public void refresh() {
        var _ = shelf.list().thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<DashboardList>(DashboardList list) -> {
                    state.set(new State.Shown(list.dashboards(), deleting()));
                    offline.set("");
                    if (stale) {
                        tell("");
                    }
                }
                case Outcome.Refused<DashboardList> refused -> failed(refused.sentence());
                case Outcome.Unreachable<DashboardList> unreachable -> unreachable(unreachable.sentence());
            }
        });
    }

    private void unreachable(String sentence) {
        KeptList kept = shelf.kept();
        if (kept == null) {
            failed(sentence);
        } else {
            if (!(state.get() instanceof State.Shown)) {
                state.set(new State.Shown(kept.rows(), null));
            }
            offline.set(sentence + " This is the list as of " + Moments.text(kept.at(), zone)
                    + "; a dashboard that was opened here before can be opened and edited.");
        }
    }

    /// An old list is better than none.
    private void failed(String sentence) {
        if (state.get() instanceof State.Shown) {
            tell(sentence);
            stale = true;
        } else {
            state.set(new State.Failed(sentence));
        }
    }

    private void tell(String sentence) {
        stale = false;
        error.set(sentence);
    }

    /// Makes a dashboard and opens it.
    public void create() {
        tell("");
        var _ = shelf.create(UNTITLED).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<DashboardRow>(DashboardRow row) -> opener.accept(row);
                case Outcome.Refused<DashboardRow> refused -> tell(refused.sentence());
                case Outcome.Unreachable<DashboardRow> unreachable -> tell(unreachable.sentence());
            }
        });
    }

    public void open(DashboardRow row) {
        opener.accept(row);
    }

    /// Lets a row ask whether it is to be deleted; null takes the question back.
    public void ask(@Nullable DashboardId deleting) {
        if (state.get() instanceof State.Shown shown) {
            state.set(new State.Shown(shown.rows(), deleting));
        }
    }

    /// Deletes a dashboard for everybody.
    public void delete(DashboardId id) {
        tell("");
        var _ = shelf.delete(id).thenAccept(outcome -> {
            switch (outcome) {
                case Outcome.Ok<?> _ -> {
                    if (state.get() instanceof State.Shown shown) {
                        state.set(new State.Shown(shown.rows().stream().filter(row -> !row.id().equals(id)).toList(),
                                null));
                    }
                }
                case Outcome.Refused<?> refused -> kept(refused.sentence());
                case Outcome.Unreachable<?> unreachable -> kept(unreachable.sentence());
            }
        });
    }

    private void kept(String sentence) {
        ask(null);
        tell(sentence);
    }

    private @Nullable DashboardId deleting() {
        return state.get() instanceof State.Shown shown ? shown.deleting() : null;
    }
}
