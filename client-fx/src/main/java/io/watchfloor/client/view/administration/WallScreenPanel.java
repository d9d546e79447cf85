package io.watchfloor.client.view.administration;

import io.watchfloor.client.format.Moments;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.administration.WallScreensModel.Question;
import io.watchfloor.client.view.window.SidePanel;
import io.watchfloor.protocol.rest.KioskRow;
import java.time.ZoneId;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/// One wall screen beside the others: what it shows, its machine, and its end. FX thread only.
final class WallScreenPanel implements LookedAt.Panel<KioskRow> {

    private static final ZoneId ZONE = ZoneId.systemDefault();

    private final WallScreensModel model;
    private final SidePanel panel;
    private final ShownDashboards dashboards;
    private final Label machine = Told.caption("");
    private final VBox acts = new VBox();
    private final Subscription subscriptions;
    private KioskRow screen;

    WallScreenPanel(WallScreensModel model, KioskRow screen) {
        this.model = model;
        this.screen = screen;
        panel = new SidePanel(screen.name(), () -> model.choose(null));
        dashboards = new ShownDashboards(model, true, wanted -> model.show(this.screen, wanted));
        acts.getStyleClass().add("wf-admin-acts");
        panel.content().getChildren().addAll(SidePanel.field("Shows", dashboards.menu(), dashboards.rows()),
                SidePanel.field("Machine", machine), acts);
        subscriptions = Subscription.combine(model.questionProperty().subscribe(this::showActs),
                model.dashboardsProperty().subscribe(_ -> show(this.screen)));
    }

    @Override
    public Node node() {
        return panel.node();
    }

    @Override
    public void show(KioskRow fresh) {
        boolean otherActs = fresh.enrolled() != screen.enrolled();
        screen = fresh;
        dashboards.show(fresh.dashboards());
        machine.setText(machineOf(fresh));
        if (otherActs) {
            showActs(model.questionProperty().get());
        }
    }

    private static String machineOf(KioskRow screen) {
        Long seen = screen.usedAt();
        if (!screen.enrolled()) {
            return "It waits for a machine that comes with its code. Codes are good for a day.";
        }
        return seen == null
                ? "A machine has its key."
                : "Last seen " + Moments.exact(seen, ZONE) + " from " + screen.address()
                        + ". A screen that is on tells of itself every ten minutes.";
    }

    private void showActs(Question asked) {
        String other = screen.enrolled() ? "Move to another machine" : "Make a new code";
        switch (asked) {
            case NONE -> {
                Button move = button(other + (screen.enrolled() ? " …" : ""), "renew-code", () -> {
                    if (screen.enrolled()) {
                        model.ask(Question.OTHER_MACHINE);
                    } else {
                        model.renewCode(screen);
                    }
                });
                acts.getChildren().setAll(move,
                        button("Remove wall screen …", "remove-screen", () -> model.ask(Question.REMOVE)));
            }
            case OTHER_MACHINE ->
                ask("The machine that it has now goes dark at once. Another one takes its place with a"
                        + " new code.", button("Make a code", "renew-code-now", () -> model.renewCode(screen)));
            case REMOVE -> ask("It goes dark at once, and its machine is let in no more. That cannot be undone.",
                    button("Remove wall screen", "remove-screen-now", () -> model.remove(screen)));
        }
    }

    private void ask(String what, Button act) {
        act.getStyleClass().add(Styles.DANGER);
        Button keep = button("Keep", "keep-screen", () -> model.ask(Question.NONE));
        acts.getChildren().setAll(Told.caption(what), keep, act);
        keep.requestFocus();
    }

    private static Button button(String text, String id, Runnable act) {
        Button button = new Button(text);
        button.setId(id);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setOnAction(_ -> act.run());
        return button;
    }

    @Override
    public void dispose() {
        subscriptions.unsubscribe();
    }
}
