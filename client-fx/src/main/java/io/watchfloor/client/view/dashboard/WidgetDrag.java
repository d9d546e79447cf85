package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.DashboardEditor;
import io.watchfloor.client.model.Gesture;
import io.watchfloor.client.view.dashboard.GridGeometry.Rectangle;
import io.watchfloor.client.view.dashboard.Placement.Kind;
import io.watchfloor.client.widget.WidgetFrame;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.event.EventHandler;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.jspecify.annotations.Nullable;

/// Moves widgets by their header and resizes them by their corner. The widget follows the mouse, the ghost shows the cells
/// it would take, and those travel to everybody while the mouse moves. FX thread only.
final class WidgetDrag {

    private static final double THRESHOLD = 4;

    private final GridView grid;
    private final DashboardEditor editor;
    private final BooleanSupplier allowed;
    private final Watcher watcher;
    private final EdgeScroll edges;
    private @Nullable Press press;
    private @Nullable Drag drag;
    private Point2D pointer = Point2D.ZERO;
    private final EventHandler<MouseEvent> dragging = event -> {
        pointer = new Point2D(event.getSceneX(), event.getSceneY());
        moved();
        event.consume();
    };
    private final EventHandler<MouseEvent> releasing = _ -> finish(true);
    private final EventHandler<KeyEvent> escape = event -> {
        if (event.getCode() == KeyCode.ESCAPE) {
            cancel();
            event.consume();
        }
    };

    /// Told of a drag, in coordinates of the grid.
    interface Watcher {

        void held(ElementId element, Rectangle at, Point2D pointer);

        void letGo();
    }

    /// Where the mouse went down, in coordinates of the grid.
    private record Press(WidgetCell cell, Kind kind, Point2D at, Scene scene) {}

    private static final class Drag {

        final WidgetCell cell;
        final Placement placement;
        final Gesture gesture;
        final Point2D at;
        Point2D moved = Point2D.ZERO;
        Bounds target;

        Drag(WidgetCell cell, Placement placement, Gesture gesture, Point2D at) {
            this.cell = cell;
            this.placement = placement;
            this.gesture = gesture;
            this.at = at;
            this.target = placement.from();
        }
    }

    /// @param scroll holds the grid
    /// @param allowed whether widgets may be moved now
    /// @param watcher told where a widget is held
    WidgetDrag(ScrollPane scroll, GridView grid, DashboardEditor editor, BooleanSupplier allowed, Watcher watcher) {
        this.edges = new EdgeScroll(scroll, this::moved);
        this.grid = grid;
        this.editor = editor;
        this.allowed = allowed;
        this.watcher = watcher;
    }

    void attach(WidgetCell cell) {
        listen(cell, cell.frame().header(), Kind.MOVE);
        listen(cell, cell.frame().resizeHandle(), Kind.RESIZE);
    }

    private void listen(WidgetCell cell, Node handle, Kind kind) {
        handle.addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            Scene scene = handle.getScene();
            if (event.getButton() == MouseButton.PRIMARY && allowed.getAsBoolean() && press == null && scene != null) {
                pointer = new Point2D(event.getSceneX(), event.getSceneY());
                press = new Press(cell, kind, grid.sceneToLocal(pointer), scene);
                // at the scene, because without a display the events of a drag go to whatever is under the mouse
                scene.addEventFilter(MouseEvent.MOUSE_DRAGGED, dragging);
                scene.addEventFilter(MouseEvent.MOUSE_RELEASED, releasing);
            }
        });
    }

    /// The mouse has moved over the grid, or the grid under the mouse.
    private void moved() {
        Press from = press;
        if (from == null) {
            return;
        }
        Point2D distance = grid.sceneToLocal(pointer).subtract(from.at);
        if (drag == null && distance.magnitude() >= THRESHOLD) {
            drag = begin(from);
        }
        if (drag != null) {
            drag.moved = distance;
            follow(drag);
            edges.over(pointer.getY());
        }
    }

    private Drag begin(Press from) {
        Drag begun = new Drag(from.cell, new Placement(from.kind, from.cell.widget().bounds()),
                editor.begin(List.of(from.cell.id())), from.at);
        from.scene.addEventFilter(KeyEvent.KEY_PRESSED, escape);
        from.cell.frame().setDragged(true);
        grid.drag(from.cell);
        grid.ghost(begun.target);
        return begun;
    }

    private void follow(Drag now) {
        GridGeometry geometry = grid.geometry();
        Rectangle start = geometry.rectangle(now.placement.from());
        double dx = now.moved.getX();
        double dy = now.moved.getY();
        switch (now.placement.kind()) {
            case MOVE -> now.cell.frame().relocate(start.x() + dx, Math.max(0, start.y() + dy));
            case RESIZE -> now.cell.frame().resize(Math.max(80, start.width() + dx), Math.max(60, start.height() + dy));
        }
        WidgetFrame frame = now.cell.frame();
        watcher.held(now.cell.id(),
                new Rectangle(frame.getLayoutX(), frame.getLayoutY(), frame.getWidth(), frame.getHeight()),
                now.moved.add(now.at));
        Bounds target = now.placement.target(geometry.columns(dx), geometry.rows(dy), others(now.cell));
        if (!target.equals(now.target)) {
            now.target = target;
            now.gesture.place(Map.of(now.cell.id(), target));
            grid.ghost(target);
        }
    }

    /// Other widgets have come, gone or moved: the place aimed at may be taken now, or free.
    void othersChanged() {
        if (drag != null) {
            follow(drag);
        }
    }

    /// A widget was moved, here or elsewhere.
    void moved(ElementId id) {
        if (drag != null && !drag.cell.id().equals(id)) {
            follow(drag);
        }
    }

    /// A widget is gone; if it is the one under the mouse there is nothing to drag any more.
    void removed(ElementId id) {
        if (press != null && press.cell.id().equals(id)) {
            finish(false);
        }
    }

    /// Puts back what is being dragged.
    void cancel() {
        finish(false);
    }

    private void finish(boolean keep) {
        Press from = press;
        Drag ended = drag;
        press = null;
        drag = null;
        if (from != null) {
            from.scene.removeEventFilter(MouseEvent.MOUSE_DRAGGED, dragging);
            from.scene.removeEventFilter(MouseEvent.MOUSE_RELEASED, releasing);
            from.scene.removeEventFilter(KeyEvent.KEY_PRESSED, escape);
        }
        if (ended == null) {
            return;
        }
        edges.stop();
        watcher.letGo();
        ended.cell.frame().setDragged(false);
        if (keep) {
            ended.gesture.end();
        } else {
            ended.gesture.cancel();
        }
        grid.ghost(null);
        grid.drag(null);
    }

    private List<Bounds> others(WidgetCell cell) {
        return grid.cells().stream().filter(other -> other != cell).map(other -> other.widget().bounds()).toList();
    }
}
