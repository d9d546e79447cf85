package io.watchfloor.client.view;

import static org.awaitility.Awaitility.await;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.model.DashboardModel;
import io.watchfloor.client.sync.Connection;
import io.watchfloor.client.sync.OwnerTimer;
import io.watchfloor.client.sync.Surroundings;
import io.watchfloor.client.sync.Time;
import io.watchfloor.client.sync.outbox.InMemoryOutbox;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.view.dashboard.DashboardView;
import io.watchfloor.client.view.window.ConnectionText;
import io.watchfloor.client.view.window.Page;
import io.watchfloor.client.view.window.Shell;
import io.watchfloor.client.view.window.StatusLine;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.RedrawPulse;
import io.watchfloor.client.widget.WidgetFrame;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.ReplicaId;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javafx.application.Platform;
import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/// A window with an open dashboard of a [FakeServer], and what a person does in it. Test thread only, but for the
/// constructor.
final class DashboardPage implements AutoCloseable {

    private static final Duration GUARD = Duration.ofSeconds(60);
    /// However slow the machine is, what a test looks for has not left by itself.
    private static final javafx.util.Duration TOASTS_STAY = javafx.util.Duration.hours(1);
    private static final double WIDTH = 984;

    final FakeServer server = new FakeServer(Platform::runLater);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final RedrawPulse pulse = new RedrawPulse(Platform::runLater);
    final FakePast past = new FakePast();
    final FakeSharing sharing = new FakeSharing();
    private final Connection connection;
    private final ConnectionText connectionText = new ConnectionText(ZoneOffset.UTC);
    private final StatusLine status;
    private final Scene scene;
    private final FxRobot robot = new FxRobot();
    private DashboardModel model;
    private DashboardView view;

    /// Made on the FX thread; the dashboard is opened by [#open].
    @SuppressWarnings("NullAway.Init")
    DashboardPage(Stage stage) {
        Executor fxThread = Platform::runLater;
        Surroundings surroundings = new Surroundings(fxThread, new OwnerTimer(scheduler, fxThread), Time.SYSTEM,
                new Random(1));
        connection = new Connection(URI.create("http://wall.example"), server.transport(), FakeServer.credentials(),
                new InMemoryOutbox(new InMemoryOutbox.Disk(), new ReplicaId(new UUID(5, 5)), fxThread), surroundings);
        status = new StatusLine(new StatusLine.Actions() {

            @Override
            public void retry() {
                connection.retryNow();
            }

            @Override
            public void signInAgain() {
                // not part of these tests
            }
        });
        connection.listen(state -> connectionText.changed(state, System.currentTimeMillis()));
        Shell shell = new Shell("anna", EnumSet.allOf(Page.class), status, new Shell.Actions() {

            @Override
            public void show(Page page) {
                // not part of these tests
            }

            @Override
            public void switchTheme() {
                Theme.apply(scene, Theme.LIGHT);
            }
        }, new Toasts(TOASTS_STAY));
        scene = new Scene(shell.node(), WIDTH, WIDTH);
        Theme.apply(scene, Theme.DARK);
        stage.setScene(scene);
        stage.show();
        shown = () -> {
            model = DashboardModel.open(connection, FakeServer.DASHBOARD, new Random(2));
            view = new DashboardView(model,
                    new DashboardView.Place(shell.toasts(), pulse,
                            new DashboardView.AtServer(past, sharing), true, _ -> {}, () -> {}));
            shell.show(view.node(), null);
        };
    }

    private final Runnable shown;

    /// Opens the dashboard and waits until it is joined.
    void open() {
        onFx(() -> {
            shown.run();
            connection.start();
            return true;
        });
        await("the dashboard is joined").atMost(GUARD).until(() -> onFx(() -> model.joined()));
        settle();
    }

    <T> T onFx(Callable<T> action) {
        return WaitForAsyncUtils.waitForAsyncFx(GUARD.toMillis(), action);
    }

    /// Waits until all that was begun here is done and laid out.
    void settle() {
        FxThread.settle();
    }

    void until(String what, Callable<Boolean> condition) {
        await(what).atMost(GUARD).until(() -> onFx(condition));
    }

    WidgetFrame frame(ElementId id) {
        return (WidgetFrame) find("#widget-" + id);
    }

    boolean shows(ElementId id) {
        return onFx(() -> robot.lookup("#widget-" + id).tryQuery().isPresent());
    }

    /// Where the server has the widget.
    Bounds serverBounds(ElementId id) {
        Bounds bounds = onFx(() -> Bounds.of(server.value(id, Properties.BOUNDS)));
        if (bounds == null) {
            throw new AssertionError("no bounds at the server");
        }
        return bounds;
    }

    /// Waits until the server has the widget there.
    void untilAt(ElementId id, Bounds bounds) {
        until("the server has it at " + bounds, () -> bounds.equals(Bounds.of(server.value(id, Properties.BOUNDS))));
    }

    /// Takes a widget by its header and carries it so many cells away, without letting go.
    void carry(ElementId id, int columns, int rows) {
        settle();
        Node header = frame(id).header();
        Point2D at = onFx(() -> header.localToScreen(40, 12));
        robot.moveTo(at).press(MouseButton.PRIMARY);
        moveOver(at, columns, rows);
    }

    /// Takes a widget by its corner and pulls it so many cells, without letting go.
    void pull(ElementId id, int columns, int rows) {
        point(id);
        Node handle = frame(id).resizeHandle();
        Point2D at = onFx(() -> handle.localToScreen(handle.getLayoutBounds().getCenterX(),
                handle.getLayoutBounds().getCenterY()));
        robot.moveTo(at).press(MouseButton.PRIMARY);
        moveOver(at, columns, rows);
    }

    private void moveOver(Point2D from, int columns, int rows) {
        double column = onFx(() -> (robot.lookup(".wf-grid").query().getLayoutBounds().getWidth() - 8) / 24);
        robot.moveTo(from.add(columns * column / 2, rows * 22));
        robot.moveTo(from.add(columns * column, rows * 44));
        settle();
    }

    void drop() {
        robot.release(MouseButton.PRIMARY);
        settle();
    }

    void press(KeyCode... keys) {
        robot.push(keys);
        settle();
    }

    void type(String text) {
        robot.write(text);
        settle();
    }

    /// Puts the focus on the first node that fits.
    void focus(String query) {
        onFx(() -> {
            robot.lookup(query).query().requestFocus();
            return true;
        });
    }

    /// Puts the focus on a widget.
    void choose(ElementId id) {
        onFx(() -> {
            frame(id).requestFocus();
            return true;
        });
    }

    void click(String query) {
        settle();
        robot.clickOn(FxThread.middle(() -> robot.lookup(query).query()));
        settle();
    }

    boolean isThere(String query) {
        return onFx(() -> robot.lookup(query).tryQuery().map(Node::isVisible).orElse(false));
    }

    String text(String query) {
        return onFx(() -> ((Label) robot.lookup(query).query()).getText());
    }

    String tooltip(String query) {
        return onFx(() -> ((Control) robot.lookup(query).query()).getTooltip().getText());
    }

    String statusText() {
        return onFx(() -> connectionText.line(System.currentTimeMillis(), connection.unsent()).sentence());
    }

    String theme() {
        return onFx(() -> scene.getStylesheets().stream().filter(sheet -> sheet.contains("tokens-")).findFirst()
                .orElse(""));
    }

    List<String> unready() {
        return onFx(() -> view.unready());
    }

    /// Moves the mouse over a widget without pressing anything.
    void point(ElementId id) {
        settle();
        WidgetFrame frame = frame(id);
        robot.moveTo(FxThread.middle(() -> frame));
        settle();
    }

    void press(ElementId id) {
        settle();
        WidgetFrame frame = frame(id);
        robot.clickOn(FxThread.middle(frame::header));
        settle();
    }

    /// Presses a widget while Shift is held, which the robot does not tell the mouse without a display.
    void pressWithShift(ElementId id) {
        onFx(() -> {
            Node header = frame(id).header();
            header.fireEvent(withShift(MouseEvent.MOUSE_PRESSED, true));
            header.fireEvent(withShift(MouseEvent.MOUSE_RELEASED, false));
            return true;
        });
        settle();
    }

    private static MouseEvent withShift(EventType<MouseEvent> type, boolean down) {
        return new MouseEvent(type, 40, 12, 40, 12, MouseButton.PRIMARY, 1, true, false, false, false, down, false,
                false, true, false, true, null);
    }

    /// How far the dashboard is scrolled, in pixels.
    double scrolled() {
        return onFx(() -> {
            ScrollPane scroll = (ScrollPane) robot.lookup(".wf-dashboard-scroll").query();
            double hidden = scroll.getContent().getLayoutBounds().getHeight()
                    - scroll.getViewportBounds().getHeight();
            return hidden <= 0 ? 0 : hidden * scroll.getVvalue();
        });
    }

    /// Turns the wheel over a widget.
    void wheel(ElementId id) {
        onFx(() -> {
            Node target = frame(id);
            target.fireEvent(new ScrollEvent(ScrollEvent.SCROLL, 5, 5, 5, 5, false, false, false, false, true, false, 0,
                    -40, 0, -40, ScrollEvent.HorizontalTextScrollUnits.NONE, 0,
                    ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null));
            return true;
        });
        settle();
    }

    /// Where something stands on the grid; null where it is not shown.
    @Nullable
    Point2D place(String query) {
        Optional<Point2D> place = onFx(() -> robot.lookup(query).tryQuery().filter(Node::isVisible)
                .map(node -> new Point2D(node.getBoundsInParent().getMinX(), node.getBoundsInParent().getMinY())));
        return place.orElse(null);
    }

    /// The first node of a kind, for what only the FX thread may ask it.
    Node find(String query) {
        return onFx(() -> robot.lookup(query).<Node>query());
    }

    List<String> styles(String query) {
        return onFx(() -> List.copyOf(robot.lookup(query).query().getStyleClass()));
    }

    /// The texts of all labels of a kind that are shown.
    List<String> texts(String query) {
        return onFx(() -> robot.lookup(query).queryAll().stream().filter(Node::isVisible)
                .filter(node -> node.getOpacity() > 0).map(node -> ((Labeled) node).getText()).toList());
    }

    @Override
    public void close() {
        onFx(() -> {
            if (view != null) {
                view.dispose();
                model.close();
            }
            connection.close();
            pulse.close();
            return true;
        });
        scheduler.shutdownNow();
    }
}
