package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.sync.rest.Past;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.window.Toasts;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/// Looking back: the history of a dashboard at its side, and over it the dashboard as it was. FX thread only.
final class Retrospect implements HistoryPanel.Beside {

    private final DashboardModel model;
    private final Past past;
    private final WidgetSources sources;
    private final Toasts toasts;
    private final Runnable turned;
    private final PastView view;
    private long chosenRange;

    /// @param turned told when another time is shown, or now again
    Retrospect(DashboardModel model, Past past, WidgetSources sources, Toasts toasts, Runnable turned) {
        this.model = model;
        this.past = past;
        this.sources = sources;
        this.toasts = toasts;
        this.turned = turned;
        view = new PastView(sources);
    }

    /// What lies over the dashboard of now.
    Node node() {
        return view.node();
    }

    /// Whether it is not the dashboard of now that is shown.
    boolean isOpen() {
        return view.isOpen();
    }

    HistoryPanel panel(Runnable close) {
        return new HistoryPanel(past, this, toasts, sources.zone(), close);
    }

    /// @param millis how far back charts look, whatever the dashboard of then says
    void range(long millis) {
        chosenRange = millis;
        view.range(millis);
    }

    void close() {
        view.close();
    }

    @Override
    public boolean mayEdit() {
        return model.editor().canEdit();
    }

    @Override
    public String colorOf(String account) {
        return model.people().stream().filter(person -> person.account().equals(account)).findFirst()
                .map(person -> Styles.person(person.color())).orElse("wf-person-none");
    }

    @Override
    public void look(HistoryModel.@Nullable Looked at, PastView.Actions leaving) {
        if (at == null) {
            view.close();
        } else {
            long range = chosenRange == 0 ? at.dashboard().rangeMillis() : chosenRange;
            view.show(at.dashboard(), at.caption(), range, mayEdit(), leaving);
        }
        turned.run();
    }
}
