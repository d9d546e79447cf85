package io.watchfloor.client.gallery;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.Axis;
import io.watchfloor.client.model.LongText;
import io.watchfloor.client.model.Thresholds;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.theme.Theme;
import io.watchfloor.client.widget.Icons;
import io.watchfloor.client.widget.WidgetFrame;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.client.widget.chart.ChartCanvas;
import io.watchfloor.client.widget.chart.ChartLine;
import io.watchfloor.client.widget.chart.SampleRing;
import io.watchfloor.client.widget.metric.MetricView;
import io.watchfloor.client.widget.table.DataTable;
import io.watchfloor.client.widget.text.NoteView;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javax.imageio.ImageIO;
import org.kordamp.ikonli.feather.Feather;

/// Draws the pages of the gallery into PNG files, 1600 x 1000: `Gallery DIRECTORY`.
public final class Gallery {

    static final double WIDTH = 1600;
    static final double HEIGHT = 1000;
    private static final double RAIL = 53;
    private static final double GAP = 8;
    private static final double ROW = 53;

    private Gallery() {}

    /// @param args the directory to draw into
    public static void main(String[] args) throws Exception {
        File directory = new File(args[0]);
        try {
            draw(directory);
        } finally {
            Platform.exit();
        }
    }

    private static void draw(File directory) throws Exception {
        for (Theme theme : Theme.values()) {
            FxThread.run(
                    () -> write(picture(machine(), theme), new File(directory, "machine-" + theme.key() + ".png")));
            FxThread.run(() -> write(picture(states(), theme), new File(directory, "states-" + theme.key() + ".png")));
            FxThread.run(() -> write(picture(notes(), theme), new File(directory, "notes-" + theme.key() + ".png")));
            FxThread.run(
                    () -> write(picture(controls(), theme), new File(directory, "controls-" + theme.key() + ".png")));
        }
    }

    /// The dashboard of a machine, as a user would see it.
    static Parent machine() {
        Pane grid = new Pane();
        grid.getStyleClass().add(Styles.GROUND);
        ChartCanvas cpu = chart(MadeUp.cores(4), Unit.PERCENT);
        cpu.setAxis(new Axis(0.0, 100.0));
        place(grid, framed("CPU per core", cpu), 0, 0, 16, 6);
        place(grid, framed("CPU", metric(MadeUp.wander(2, 5, 60, 0.05), Unit.PERCENT, new Thresholds(80.0, 95.0))), 16,
                0, 4, 3);
        place(grid, framed("Memory", metric(MadeUp.wander(3, 11e9, 13.2e9, 0.01), Unit.BYTES, Thresholds.NONE)), 20, 0,
                4, 3);
        place(grid, framed("Load", metric(MadeUp.wander(4, 0.2, 3.1, 0.04), Unit.NONE, Thresholds.NONE)), 16, 3, 4, 3);
        place(grid,
                framed("Disk used",
                        metric(MadeUp.wander(9, 71.5, 71.9, 0.01), Unit.PERCENT, new Thresholds(70.0, 90.0))),
                20, 3, 4, 3);
        place(grid,
                framed("Load average",
                        chart(List.of(new ChartLine("1 min", MadeUp.wander(4, 0.2, 3.1, 0.04), 0)), Unit.NONE)),
                0, 6, 8, 5);
        place(grid, framed("Network", chart(List.of(new ChartLine("received", MadeUp.wander(6, 2e5, 9.4e6, 0.09), 0),
                new ChartLine("sent", MadeUp.wander(7, 1e5, 2.2e6, 0.09), 1)), Unit.BYTES_PER_SECOND)), 8, 6, 8, 5);
        DataTable table = new DataTable();
        table.show(MadeUp.processes(30));
        place(grid, framed("Busiest processes", table), 16, 6, 8, 9);
        place(grid,
                framed("Memory",
                        chart(List.of(new ChartLine("used", MadeUp.wander(3, 11e9, 13.2e9, 0.01), 0)), Unit.BYTES)),
                0, 11, 8, 4);
        place(grid, framed("Disk", chart(List.of(new ChartLine("read", MadeUp.gapped(14, 0, 9e5), 0),
                new ChartLine("written", MadeUp.gapped(15, 1e5, 3e6), 1)), Unit.BYTES_PER_SECOND)), 8, 11, 8, 4);
        return chrome(grid);
    }

    /// Every state of every widget.
    static Parent states() {
        Pane grid = new Pane();
        grid.getStyleClass().add(Styles.GROUND);
        List<WidgetState> all = List.of(WidgetState.WAITING,
                new WidgetState.Empty("Add a series in the inspector to see it here."),
                WidgetState.FRESH, new WidgetState.Stale(MadeUp.NOW - 192_000),
                new WidgetState.Failed("No such series: cpu_idle. Choose another one in the inspector."));
        String[] names = {"Waiting", "Empty", "Fresh", "Stale", "Failed"};
        int[] x = {0, 5, 10, 14, 19};
        int[] w = {5, 5, 4, 5, 5};
        for (int i = 0; i < 5; i++) {
            DataTable table = new DataTable();
            table.show(MadeUp.processes(8));
            place(grid, framed(names[i], chart(MadeUp.cores(2), Unit.PERCENT), all.get(i)), x[i], 0, w[i], 4);
            place(grid,
                    framed(names[i], metric(MadeUp.wander(4, 0.2, 3.1, 0.04), Unit.NONE, Thresholds.NONE), all.get(i)),
                    x[i], 4, w[i], 3);
            place(grid, framed(names[i], table, all.get(i)), x[i], 7, w[i], 3);
        }
        WidgetFrame selected = framed("Selected, with its menu", chart(MadeUp.cores(1), Unit.PERCENT));
        selected.setSelected(true);
        place(grid, selected, 0, 10, 5, 5);
        WidgetFrame pointed = framed("Pointed at", chart(MadeUp.cores(12), Unit.PERCENT));
        pointed.body().getStyleClass().add("pointed");
        place(grid, pointed, 5, 10, 6, 5);
        ChartCanvas limits = chart(List.of(new ChartLine("used", MadeUp.wander(21, 50, 99, 0.06), 2)), Unit.PERCENT);
        limits.setThresholds(new Thresholds(75.0, 90.0));
        limits.setAxis(new Axis(0.0, 100.0));
        limits.getStyleClass().add("pointed");
        place(grid, framed("Thresholds", limits), 11, 10, 5, 5);
        place(grid, framed("Amber", metric(MadeUp.wander(9, 84, 84.3, 0.01), Unit.PERCENT, new Thresholds(80.0, 95.0))),
                16, 10, 4, 3);
        place(grid,
                framed("Red", metric(MadeUp.wander(9, 99.9, 99.96, 0.01), Unit.PERCENT, new Thresholds(80.0, 95.0))),
                20, 10, 4, 3);
        place(grid,
                framed("Small", metric(MadeUp.wander(3, 11e9, 13.2e9, 0.01), Unit.BYTES_PER_SECOND, Thresholds.NONE)),
                16, 13, 2, 2);
        place(grid,
                framed("Requests",
                        metric(MadeUp.wander(31, 1_700, 1_900, 0.02), Unit.COUNT_PER_SECOND, Thresholds.NONE)),
                18, 13, 3, 2);
        Region ghost = new Region();
        ghost.getStyleClass().add(Styles.GHOST);
        place(grid, ghost, 21, 13, 3, 2);
        return chrome(grid);
    }

    /// Notes: read, typed in by several people, and empty.
    static Parent notes() {
        Pane grid = new Pane();
        grid.getStyleClass().add(Styles.GROUND);
        place(grid, note("Night shift", new WrittenText(MadeUp.NOTE)), 0, 0, 9, 11);
        String typed = MadeUp.TYPED;
        place(grid, note("Two people at once", new WrittenText(typed,
                new LongText.Caret("a", "Mira", 4, 72, 72), new LongText.Caret("b", "Jonas", 1, 79, 102))), 9, 0, 9, 5);
        place(grid, note("Empty", new WrittenText("")), 18, 0, 6, 5);
        place(grid, note("Hostile", new WrittenText(MadeUp.HOSTILE)), 9, 5, 9, 4);
        place(grid, note("Small", new WrittenText("# On call\n**Mira**, 12 34")), 18, 5, 3, 3);
        return chrome(grid);
    }

    private static WidgetFrame note(String title, WrittenText text) {
        return framed(title, new NoteView(text, () -> true, _ -> {}, () -> {}));
    }

    /// Controls and panels.
    static Parent controls() {
        Label name = styled(new Label("Name"), Styles.FIELD_LABEL);
        TextField field = new TextField("anna");
        Label error = styled(new Label("Name or password is wrong. Nothing was changed."), Styles.FIELD_ERROR);
        Button ok = styled(new Button("Sign in"), Styles.ACCENT);
        HBox actions = styled(new HBox(new Button("Cancel"), ok), Styles.DIALOG_ACTIONS);
        VBox dialog = styled(new VBox(styled(new Label("Sign in to Watchfloor"), Styles.DIALOG_TITLE),
                new VBox(name, field, error), actions), Styles.DIALOG);
        dialog.setMaxHeight(Region.USE_PREF_SIZE);
        HBox toast = styled(new HBox(Icons.of(Feather.INFO),
                new Label("Mira moved the chart you were editing. Your change is kept.")), Styles.TOAST);
        HBox banner = styled(new HBox(Icons.of(Feather.WIFI_OFF),
                new Label("No connection. Your edits are kept and sent when it is back.")), Styles.BANNER);
        VBox list = new VBox(row("This machine", "changed 2 min ago"), row("Edge routers", "changed yesterday"));
        list.getStyleClass().add(Styles.PANEL);
        VBox emptyState = styled(
                new VBox(Icons.of(Feather.GRID), styled(new Label("No widgets yet"), Styles.SECTION_TITLE),
                        styled(new Label("Press A to add the first one."), Styles.MUTED),
                        styled(new Button("Add a widget"), Styles.ACCENT)),
                Styles.EMPTY);
        Button danger = styled(new Button("Delete"), Styles.DANGER);
        Button disabled = new Button("Disabled");
        disabled.setDisable(true);
        HBox buttons = new HBox(8, new Button("Default"), styled(new Button("Accent"), Styles.ACCENT),
                styled(new Button("Flat"), Styles.FLAT), danger, disabled);
        HBox people = new HBox(4);
        for (int i = 0; i < Styles.PEOPLE; i++) {
            people.getChildren().add(styled(new Label("AB"), Styles.AVATAR, Styles.person(i)));
        }
        VBox page = styled(new VBox(styled(new Label("Dashboards"), Styles.DIALOG_TITLE), list, buttons, people, toast,
                banner, dialog, emptyState), Styles.PAGE);
        return chrome(page);
    }

    private static HBox row(String title, String caption) {
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        return styled(
                new HBox(styled(new Label(title), Styles.STRONG), spring, styled(new Label(caption), Styles.CAPTION)),
                Styles.LIST_ROW);
    }

    private static Parent chrome(Region content) {
        VBox rail = styled(new VBox(), Styles.RAIL);
        Feather[] icons = {Feather.GRID, Feather.BELL, Feather.USERS, Feather.SETTINGS};
        for (Feather icon : icons) {
            ToggleButton button = styled(new ToggleButton(), Styles.RAIL_BUTTON);
            button.setGraphic(Icons.of(icon));
            button.setSelected(icon == Feather.GRID);
            rail.getChildren().add(button);
        }
        Region spring = new Region();
        HBox.setHgrow(spring, Priority.ALWAYS);
        Button range = styled(new Button("Last 15 min"), Styles.FLAT);
        range.setGraphic(Icons.of(Feather.CLOCK));
        HBox top = styled(new HBox(styled(new Label("This machine"), Styles.TOP_BAR_TITLE), spring, range,
                styled(new Label("AN"), Styles.AVATAR, Styles.person(0)),
                styled(new Label("MI"), Styles.AVATAR, Styles.person(4)),
                new ToggleButton("Edit")), Styles.TOP_BAR);
        Region mark = styled(new Region(), Styles.STATE_MARK);
        mark.pseudoClassStateChanged(Styles.OK, true);
        HBox connected = new HBox(6, mark, new Label("Connected to 127.0.0.1"));
        connected.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        HBox status = styled(new HBox(connected, new Label("4 ms"), new Label("All edits sent")), Styles.STATUS_LINE);
        BorderPane pane = new BorderPane(content, top, null, status, null);
        return new BorderPane(pane, null, null, null, rail);
    }

    private static ChartCanvas chart(List<ChartLine> lines, Unit unit) {
        ChartCanvas chart = new ChartCanvas(() -> MadeUp.NOW, MadeUp.ZONE);
        chart.setLines(lines);
        chart.setUnit(unit);
        chart.setRange(MadeUp.RANGE);
        return chart;
    }

    private static MetricView metric(SampleRing ring, Unit unit, Thresholds thresholds) {
        MetricView metric = new MetricView(() -> MadeUp.NOW);
        metric.setRing(ring);
        metric.setUnit(unit);
        metric.setThresholds(thresholds);
        return metric;
    }

    private static WidgetFrame framed(String title, Region body) {
        return framed(title, body, WidgetState.FRESH);
    }

    private static WidgetFrame framed(String title, Region body, WidgetState state) {
        WidgetFrame frame = new WidgetFrame(body);
        frame.setTitle(title);
        frame.menuItems().add(new javafx.scene.control.MenuItem("Remove"));
        frame.setState(state, MadeUp.NOW);
        return frame;
    }

    private static void place(Pane grid, Region widget, int x, int y, int w, int h) {
        double column = (WIDTH - RAIL - GAP) / 24;
        double left = Math.round(GAP + x * column);
        double right = Math.round(GAP + (x + w) * column) - GAP;
        widget.resizeRelocate(left, GAP + y * (ROW + GAP), right - left, h * (ROW + GAP) - GAP);
        widget.setManaged(false);
        grid.getChildren().add(widget);
    }

    private static <N extends javafx.scene.Node> N styled(N node, String... classes) {
        node.getStyleClass().addAll(classes);
        return node;
    }

    static WritableImage picture(Parent root, Theme theme) {
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        Theme.apply(scene, theme);
        root.applyCss();
        root.layout();
        root.layout();
        root.lookupAll(".wf-note-view").forEach(note -> ((NoteView) note).redraw());
        for (javafx.scene.Node chart : root.lookupAll(".pointed")) {
            Point2D at = chart.localToScene(230, 60);
            Event.fireEvent(chart, new MouseEvent(MouseEvent.MOUSE_MOVED, at.getX(), at.getY(), at.getX(), at.getY(),
                    MouseButton.NONE, 0, false, false, false, false, false, false, false, true, false, true, null));
        }
        root.layout();
        return scene.snapshot(null);
    }

    private static void write(WritableImage image, File file) {
        BufferedImage picture = SwingFXUtils.fromFXImage(image, null);
        try {
            ImageIO.write(picture, "png", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
