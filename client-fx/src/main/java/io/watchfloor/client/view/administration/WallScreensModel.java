package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Administration;
import io.watchfloor.client.view.window.Notices;
import io.watchfloor.document.DashboardId;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import io.watchfloor.protocol.rest.KioskCode;
import io.watchfloor.protocol.rest.KioskList;
import io.watchfloor.protocol.rest.KioskRow;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import org.jspecify.annotations.Nullable;

/// What the page of wall screens shows and does. FX thread only.
public final class WallScreensModel implements SectionModel.Choosing<KioskRow> {

    /// Where a screen's machine is told to look for its code.
    static final String CODE_FILE = "kiosk.code";
    /// A screen that is on proves its key about every ten minutes.
    private static final long QUIET_MILLIS = 15 * 60_000;

    /// What may be asked before it is done, because it cannot be undone.
    public enum Question {
        NONE, OTHER_MACHINE, REMOVE
    }

    /// How a screen is, as far as the server knows.
    public enum State {
        WAITS, ON, QUIET
    }

    private final Administration administration;
    private final Notices notices;
    private final Asked<KioskList> screens;
    private final Asked<DashboardList> dashboards;
    private final ReadOnlyObjectWrapper<@Nullable KioskRow> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Question> question = new ReadOnlyObjectWrapper<>(Question.NONE);
    private final ReadOnlyObjectWrapper<@Nullable KioskCode> made = new ReadOnlyObjectWrapper<>();

    public WallScreensModel(Administration administration, Notices notices) {
        this.administration = administration;
        this.notices = notices;
        screens = new Asked<>(administration::kiosks, notices);
        dashboards = new Asked<>(administration::dashboards, notices);
        screens.stateProperty().subscribe(_ -> follow());
    }

    @Override
    public void refresh() {
        screens.refresh();
        dashboards.refresh();
    }

    public ReadOnlyObjectProperty<Loaded<KioskList>> screensProperty() {
        return screens.stateProperty();
    }

    public ReadOnlyObjectProperty<Loaded<DashboardList>> dashboardsProperty() {
        return dashboards.stateProperty();
    }

    /// Why the last thing asked for was not done; empty for nothing.
    @Override
    public ReadOnlyStringProperty problemProperty() {
        return screens.problemProperty();
    }

    /// The screen that is looked at; null for none.
    @Override
    public ReadOnlyObjectProperty<@Nullable KioskRow> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// What is being asked about that screen.
    public ReadOnlyObjectProperty<Question> questionProperty() {
        return question.getReadOnlyProperty();
    }

    /// The code that was just made: it is shown now, and never again.
    public ReadOnlyObjectProperty<@Nullable KioskCode> madeProperty() {
        return made.getReadOnlyProperty();
    }

    /// All that a screen could show.
    public List<DashboardRow> dashboards() {
        DashboardList all = dashboards.value();
        return all == null ? List.of() : all.dashboards();
    }

    /// Titles, in the order of the screen; what is not there any more is told as that.
    public String titles(List<DashboardId> ids) {
        return dashboards.value() == null ? "" : ids.stream().map(this::title).collect(Collectors.joining(", "));
    }

    public String title(DashboardId id) {
        return dashboards().stream().filter(row -> row.id().equals(id)).map(DashboardRow::title).findFirst()
                .orElse("A deleted dashboard");
    }

    /// @param now server time
    public static State state(KioskRow screen, long now) {
        Long seen = screen.usedAt();
        if (!screen.enrolled()) {
            return State.WAITS;
        }
        return seen != null && now - seen <= QUIET_MILLIS ? State.ON : State.QUIET;
    }

    /// What to start on the screen's machine.
    public String command() {
        return administration.kioskCommand(CODE_FILE);
    }

    @Override
    public void choose(@Nullable KioskRow screen) {
        question.set(Question.NONE);
        chosen.set(screen);
    }

    private void follow() {
        KioskList all = screens.value();
        KioskRow looked = chosen.get();
        if (all != null && looked != null) {
            KioskRow fresh = all.kiosks().stream().filter(row -> row.name().equals(looked.name())).findFirst()
                    .orElse(null);
            if (fresh == null) {
                question.set(Question.NONE);
            }
            chosen.set(fresh);
        }
    }

    /// @param shown the first of them at its start
    public void add(String name, List<DashboardId> shown) {
        screens.act(administration.addKiosk(name.strip(), shown), made::set);
    }

    /// Forgets the code.
    public void putAway() {
        made.set(null);
    }

    /// @param shown at least one
    public void show(KioskRow screen, List<DashboardId> shown) {
        List<DashboardId> before = screen.dashboards();
        screens.act(administration.changeKiosk(screen.name(), shown),
                _ -> notices.show("'" + screen.name() + "' shows " + titles(shown) + " now.", "Undo",
                        () -> screens.act(administration.changeKiosk(screen.name(), before), _ -> {})));
    }

    public void ask(Question asked) {
        question.set(chosen.get() == null ? Question.NONE : asked);
    }

    /// Takes the screen from its machine, and makes a code for another one.
    public void renewCode(KioskRow screen) {
        question.set(Question.NONE);
        screens.act(administration.renewKioskCode(screen.name()), made::set);
    }

    public void remove(KioskRow screen) {
        question.set(Question.NONE);
        screens.act(administration.removeKiosk(screen.name()), _ -> {
            KioskCode shown = made.get();
            if (shown != null && shown.name().equals(screen.name())) {
                made.set(null);
            }
            KioskRow looked = chosen.get();
            if (looked != null && looked.name().equals(screen.name())) {
                choose(null);
            }
            notices.show("The wall screen '" + screen.name() + "' is removed, and dark from now on.");
        });
    }

    @Override
    public void close() {
        screens.close();
        dashboards.close();
    }
}
