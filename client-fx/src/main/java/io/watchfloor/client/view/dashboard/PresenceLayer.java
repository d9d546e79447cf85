package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.sync.Colleague;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.view.dashboard.GridGeometry.Rectangle;
import io.watchfloor.client.widget.text.PlainText;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Presence.Editing;
import io.watchfloor.protocol.Presence.Ghost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Group;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// What colleagues do, over the widgets: their pointers, outlines of what they have selected or work on, and of what they
/// drag. It takes no mouse and no space. FX thread only.
final class PresenceLayer extends Pane {

    private static final double OUTLINE_STEP = 3;

    /// One outline with a name.
    private record Mark(int color, String text, Rectangle at, boolean held) {}

    private final Map<String, PersonCursor> cursors = new HashMap<>();
    private final List<Region> outlines = new ArrayList<>();
    private final List<Label> tags = new ArrayList<>();
    private final Group outlineGroup = new Group();
    private final Group tagGroup = new Group();
    private final Group cursorGroup = new Group();
    private final AnimationTimer movement = new AnimationTimer() {

        private long last;

        @Override
        public void start() {
            last = 0;
            super.start();
        }

        @Override
        public void handle(long now) {
            double passed = last == 0 ? 16_000_000 : now - last;
            last = now;
            boolean there = true;
            for (PersonCursor cursor : cursors.values()) {
                there &= cursor.step(passed);
            }
            if (there) {
                moving = false;
                stop();
            }
        }
    };
    private boolean moving;

    PresenceLayer() {
        setId("presence");
        setManaged(false);
        setMouseTransparent(true);
        setPickOnBounds(false);
        getChildren().addAll(outlineGroup, tagGroup, cursorGroup);
        getChildren().forEach(group -> group.setManaged(false));
    }

    /// Shows what the colleagues do now.
    ///
    /// @param bounds where a widget stands; null where it is not there
    /// @param now milliseconds
    void show(Collection<Colleague> colleagues, GridGeometry geometry, Function<ElementId, @Nullable Bounds> bounds,
            long now) {
        List<Mark> marks = new ArrayList<>();
        Set<String> pointing = new HashSet<>();
        for (Colleague colleague : colleagues) {
            marks(colleague, geometry, bounds, marks);
            Presence.Point at = colleague.presence().cursor();
            if (at != null) {
                pointing.add(colleague.session());
                point(colleague, geometry.x(at.x()), geometry.y(at.y()), now);
            }
        }
        cursors.entrySet().removeIf(each -> {
            boolean gone = !pointing.contains(each.getKey());
            if (gone) {
                cursorGroup.getChildren().remove(each.getValue());
            }
            return gone;
        });
        draw(marks);
    }

    private void point(Colleague colleague, double x, double y, long now) {
        PersonCursor cursor = cursors.computeIfAbsent(colleague.session(), _ -> {
            PersonCursor made = new PersonCursor(colleague.person().account());
            made.setId("cursor-" + colleague.session());
            cursorGroup.getChildren().add(made);
            return made;
        });
        cursor.color(colleague.person().color());
        cursor.aim(x, y, now, !Platform.getPreferences().isReducedMotion());
        cursor.age(now);
        if (!moving) {
            moving = true;
            movement.start();
        }
    }

    private static void marks(Colleague colleague, GridGeometry geometry,
            Function<ElementId, @Nullable Bounds> bounds, List<Mark> marks) {
        Presence presence = colleague.presence();
        int color = colleague.person().color();
        String name = colleague.person().account();
        Set<ElementId> marked = new HashSet<>();
        for (Ghost ghost : presence.dragging()) {
            marked.add(ghost.element());
            marks.add(new Mark(color, name, geometry.rectangle(ghost.x(), ghost.y(), ghost.w(), ghost.h()), true));
        }
        Editing editing = presence.editing();
        if (editing != null && marked.add(editing.element())) {
            mark(bounds.apply(editing.element()), geometry, color, name + ", editing", marks);
        }
        for (ElementId element : presence.selection()) {
            if (marked.add(element)) {
                mark(bounds.apply(element), geometry, color, name, marks);
            }
        }
    }

    private static void mark(@Nullable Bounds at, GridGeometry geometry, int color, String text, List<Mark> marks) {
        if (at != null) {
            marks.add(new Mark(color, text, geometry.rectangle(at), false));
        }
    }

    /// Outlines of one widget lie inside one another, their names side by side.
    private void draw(List<Mark> marks) {
        while (outlines.size() < marks.size()) {
            outlines.add(made(new Region(), "wf-colleague-outline", outlineGroup));
            tags.add(made(new Label(), "wf-colleague-tag", tagGroup));
        }
        Map<Rectangle, Integer> inside = new HashMap<>();
        Map<Rectangle, Double> ends = new HashMap<>();
        for (int i = 0; i < outlines.size(); i++) {
            boolean used = i < marks.size();
            outlines.get(i).setVisible(used);
            tags.get(i).setVisible(used);
            if (used) {
                Mark mark = marks.get(i);
                int depth = inside.merge(mark.at(), 1, Integer::sum) - 1;
                place(mark, i, depth, ends);
            }
        }
    }

    private static <R extends Region> R made(R region, String style, Group group) {
        region.getStyleClass().add(style);
        region.setManaged(false);
        group.getChildren().add(region);
        return region;
    }

    private void place(Mark mark, int index, int depth, Map<Rectangle, Double> ends) {
        Region outline = outlines.get(index);
        Label tag = tags.get(index);
        style(outline, mark.color());
        outline.pseudoClassStateChanged(Styles.DRAGGED, mark.held());
        style(tag, mark.color());
        tag.setText(PlainText.line(mark.text()));
        double inset = depth * OUTLINE_STEP;
        Rectangle at = mark.at();
        outline.resizeRelocate(at.x() + inset, at.y() + inset, Math.max(1, at.width() - 2 * inset),
                Math.max(1, at.height() - 2 * inset));
        tag.applyCss();
        double height = Math.ceil(tag.prefHeight(-1));
        double from = ends.getOrDefault(at, at.x() + 8);
        double width = Math.min(Math.ceil(tag.prefWidth(-1)), Math.max(24, at.x() + at.width() - from));
        tag.resizeRelocate(from, Math.max(0, at.y() - Math.rint(height / 2)), width, height);
        ends.put(at, from + width + 2);
    }

    private static void style(Region region, int color) {
        String style = Styles.person(color);
        if (!region.getStyleClass().contains(style)) {
            region.getStyleClass().removeIf(each -> each.startsWith("wf-person-"));
            region.getStyleClass().add(style);
        }
    }

    void dispose() {
        movement.stop();
    }
}
