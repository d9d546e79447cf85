package io.watchfloor.client.app;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.protocol.rest.DashboardList;
import io.watchfloor.protocol.rest.DashboardRow;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/// Opens the dashboard of a title. A server that has just started may not have it yet, so that it is looked for some
/// times. FX thread only.
final class Opening {

    private static final Duration PAUSE = Duration.seconds(1);
    private static final int TIMES = 10;

    private final SignedIn signedIn;
    private final Function<List<DashboardRow>, Optional<DashboardRow>> choice;
    private final String title;
    private final boolean givesUp;
    private int times;

    /// @param givesUp whether to say after some seconds that there is none
    Opening(SignedIn signedIn, String title, boolean givesUp) {
        this(signedIn, rows -> rows.stream().filter(each -> each.title().equalsIgnoreCase(title)).findFirst(), title,
                givesUp);
    }

    /// @param choice of the dashboards that there are
    Opening(SignedIn signedIn, Function<List<DashboardRow>, Optional<DashboardRow>> choice, String title,
            boolean givesUp) {
        this.choice = choice;
        this.signedIn = signedIn;
        this.title = title;
        this.givesUp = givesUp;
    }

    void start() {
        var _ = signedIn.shelf().listOrKept().thenAccept(outcome -> {
            if (signedIn.isClosed()) {
                return;
            }
            Optional<DashboardRow> row = outcome instanceof Outcome.Ok<DashboardList>(DashboardList list)
                    ? choice.apply(list.dashboards())
                    : Optional.empty();
            times++;
            if (row.isPresent()) {
                signedIn.open(row.get());
            } else if (givesUp && times >= TIMES) {
                signedIn.say("There is no dashboard '" + title + "' for you here.");
            } else {
                PauseTransition pause = new PauseTransition(PAUSE);
                pause.setOnFinished(_ -> start());
                pause.play();
            }
        });
    }
}
