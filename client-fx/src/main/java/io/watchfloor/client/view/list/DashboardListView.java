package io.watchfloor.client.view.list;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.list.DashboardListModel.State;
import io.watchfloor.client.view.window.Screen;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.protocol.rest.DashboardRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;

/// The list of dashboards; asks for it anew every few seconds while it is in a window. FX thread only.
public final class DashboardListView implements Screen {

    private static final Duration REFRESH = Duration.seconds(5);

    private final DashboardListModel model;
    private final LongSupplier now;
    private final VBox rows = new VBox();
    private final Label error = new Label();
    private final Label offline = new Label();
    private final HBox offlineBanner = new HBox(Icons.of(Feather.WIFI_OFF), offline);
    private final ScrollPane scroll = new ScrollPane();
    private final VBox page = new VBox();
    private final Timeline refresh = new Timeline(new KeyFrame(REFRESH, _ -> refresh()));
    private final Subscription subscriptions;

    /// @param now milliseconds since 1970 UTC, server time
    public DashboardListView(DashboardListModel model, LongSupplier now) {
        this.model = model;
        this.now = now;
        Label title = new Label("Dashboards");
        title.getStyleClass().add(Styles.DIALOG_TITLE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(title, space);
        head.setAlignment(Pos.CENTER_LEFT);
        if (model.mayCreate()) {
            head.getChildren().add(newButton("new-dashboard"));
        }
        error.getStyleClass().add(Styles.ALARM_TEXT);
        error.setWrapText(true);
        rows.getStyleClass().add("wf-dashboard-rows");
        offline.setWrapText(true);
        offline.setId("list-offline");
        offlineBanner.getStyleClass().add(Styles.BANNER);
        VBox column = new VBox(head, offlineBanner, error, rows);
        column.getStyleClass().add("wf-dashboard-list");
        page.getChildren().add(column);
        page.getStyleClass().add(Styles.PAGE);
        scroll.setContent(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        refresh.setCycleCount(Animation.INDEFINITE);
        subscriptions = Subscription.combine(model.stateProperty().subscribe(this::show),
                model.offlineProperty().subscribe(text -> {
                    offline.setText(text);
                    offlineBanner.setVisible(!text.isEmpty());
                    offlineBanner.setManaged(!text.isEmpty());
                }),
                model.errorProperty().subscribe(text -> {
                    error.setText(text);
                    error.setVisible(!text.isEmpty());
                    error.setManaged(!text.isEmpty());
                }));
        refresh.play();
        model.refresh();
    }

    @Override
    public Node node() {
        return scroll;
    }

    /// Ends the asking.
    @Override
    public void dispose() {
        refresh.stop();
        subscriptions.unsubscribe();
    }

    private void refresh() {
        model.refresh();
    }

    private Button newButton(String id) {
        Button button = new Button("New dashboard", Icons.of(Feather.PLUS));
        button.setId(id);
        button.getStyleClass().add(Styles.ACCENT);
        button.setOnAction(_ -> model.create());
        return button;
    }

    private void show(State state) {
        switch (state) {
            case State.Waiting() -> rows.getChildren().setAll(sentence("Waiting for the list of dashboards."));
            case State.Failed(String why) -> rows.getChildren().setAll(failure(why));
            case State.Shown shown when shown.rows().isEmpty() -> rows.getChildren().setAll(empty());
            case State.Shown shown -> showRows(shown);
        }
    }

    /// Keeps the nodes of rows that have not changed, so that the focus stays where it is.
    private void showRows(State.Shown shown) {
        List<Node> nodes = new ArrayList<>();
        DashboardRowView asking = null;
        for (DashboardRow row : shown.rows()) {
            boolean deleting = row.id().equals(shown.deleting());
            DashboardRowView view = rows.getChildren().stream().filter(DashboardRowView.class::isInstance)
                    .map(DashboardRowView.class::cast).filter(v -> v.shows(row, deleting)).findFirst()
                    .orElseGet(() -> new DashboardRowView(model, row, deleting));
            view.age(now.getAsLong());
            nodes.add(view);
            if (deleting && !rows.getChildren().contains(view)) {
                asking = view;
            }
        }
        if (!rows.getChildren().equals(nodes)) {
            rows.getChildren().setAll(nodes);
        }
        if (asking != null) {
            asking.focusQuestion();
        }
    }

    private Node empty() {
        Label sentence = new Label(model.mayCreate()
                ? "There are no dashboards yet. Make the first one; everybody here will see it."
                : "There are no dashboards for you yet. Ask an editor to make one or to share one with you.");
        VBox box = new VBox(Icons.of(Feather.LAYOUT), sentence);
        if (model.mayCreate()) {
            box.getChildren().add(newButton("first-dashboard"));
        }
        box.getStyleClass().add(Styles.EMPTY);
        return box;
    }

    private Node failure(String why) {
        Label sentence = new Label(why);
        sentence.setWrapText(true);
        Button again = new Button("Try again");
        again.setOnAction(_ -> model.refresh());
        VBox box = new VBox(Icons.of(Feather.CLOUD_OFF), sentence, again);
        box.getStyleClass().add(Styles.EMPTY);
        return box;
    }

    private static Node sentence(String text) {
        Label label = new Label(text);
        label.getStyleClass().add(Styles.MUTED);
        VBox box = new VBox(label);
        box.getStyleClass().add(Styles.EMPTY);
        return box;
    }
}
