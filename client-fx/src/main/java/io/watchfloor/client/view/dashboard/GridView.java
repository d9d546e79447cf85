package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.dashboard.GridGeometry.Rectangle;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// Lays widgets out on the grid, and shows the ghost of where a dragged one would go. FX thread only.
final class GridView extends Region {

    /// Rows kept free below everything while widgets can be moved, so that there is somewhere to move them to.
    private static final int SPARE_ROWS = 6;

    private final Map<ElementId, WidgetCell> cells = new LinkedHashMap<>();
    private final Region ghost = new Region();
    private @Nullable Bounds ghostBounds;
    private @Nullable WidgetCell dragged;
    private @Nullable WidgetCell covered;
    private @Nullable Node cover;
    private @Nullable Node front;
    private boolean spare;

    GridView() {
        getStyleClass().add("wf-grid");
        ghost.getStyleClass().add(Styles.GHOST);
        ghost.setId("ghost");
        ghost.setVisible(false);
        ghost.setMouseTransparent(true);
        getChildren().add(ghost);
    }

    void add(WidgetCell cell) {
        cells.put(cell.id(), cell);
        getChildren().add(cell.frame());
        order();
    }

    void remove(WidgetCell cell) {
        cells.remove(cell.id());
        getChildren().remove(cell.frame());
        if (cell == covered) {
            uncover();
        }
        requestLayout();
    }

    @Nullable
    WidgetCell cell(ElementId id) {
        return cells.get(id);
    }

    Collection<WidgetCell> cells() {
        return cells.values();
    }

    GridGeometry geometry() {
        return new GridGeometry(getWidth());
    }

    /// Draws widgets by their z-order; equal ones by id.
    void order() {
        cells.values().stream().sorted((a, b) -> {
            int byZ = a.widget().z().compareTo(b.widget().z());
            return byZ != 0 ? byZ : a.id().compareTo(b.id());
        }).forEach(cell -> cell.frame().toFront());
        if (dragged != null) {
            dragged.frame().toFront();
        }
        if (cover != null) {
            cover.toFront();
        }
        if (front != null) {
            front.toFront();
        }
        requestLayout();
    }

    /// Lays a node over everything.
    void front(Node node) {
        front = node;
        getChildren().add(node);
        requestLayout();
    }

    /// Leaves the placing of a widget to whoever drags it.
    void drag(@Nullable WidgetCell cell) {
        dragged = cell;
        order();
    }

    void ghost(@Nullable Bounds bounds) {
        ghostBounds = bounds;
        ghost.setVisible(bounds != null);
        requestLayout();
    }

    /// Lays a node over the title of a widget.
    void cover(WidgetCell cell, Node node) {
        uncover();
        covered = cell;
        cover = node;
        getChildren().add(node);
        requestLayout();
    }

    void uncover() {
        if (cover != null) {
            getChildren().remove(cover);
        }
        cover = null;
        covered = null;
    }

    void spare(boolean wanted) {
        spare = wanted;
        requestLayout();
    }

    /// The row below everything.
    int endRow() {
        int end = cells.values().stream().mapToInt(cell -> cell.widget().bounds().y() + cell.widget().bounds().h())
                .max()
                .orElse(0);
        return ghostBounds == null ? end : Math.max(end, ghostBounds.y() + ghostBounds.h());
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        return GridGeometry.height(endRow() + (spare ? SPARE_ROWS : 0));
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    @Override
    protected void layoutChildren() {
        if (front != null) {
            front.resizeRelocate(0, 0, getWidth(), getHeight());
        }
        GridGeometry geometry = geometry();
        for (WidgetCell cell : cells.values()) {
            if (cell != dragged) {
                place(cell.frame(), geometry.rectangle(cell.widget().bounds()));
            }
        }
        if (ghostBounds != null) {
            place(ghost, geometry.rectangle(ghostBounds));
        }
        if (cover != null && covered != null) {
            Rectangle over = geometry.rectangle(covered.widget().bounds());
            cover.resizeRelocate(over.x() + 6, over.y() + 3, Math.max(60, over.width() - 12), 28);
        }
    }

    private static void place(Region region, Rectangle at) {
        region.resizeRelocate(at.x(), at.y(), at.width(), at.height());
    }
}
