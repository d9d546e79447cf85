package io.watchfloor.client.widget.text;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.theme.Styles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.animation.PauseTransition;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Colleagues' carets and selections over a text area, each in its colour, with the name while it moves. FX thread only.
final class CaretLayer extends Pane {

    private static final Duration NAME_STAYS = Duration.seconds(2);
    private static final double WIDTH = 2;

    private final TextArea area;
    private final Map<String, Mark> marks = new HashMap<>();
    private final Rectangle clip = new Rectangle();
    private List<LongText.Caret> carets = List.of();

    CaretLayer(TextArea area) {
        this.area = area;
        setMouseTransparent(true);
        setClip(clip);
        area.scrollTopProperty().subscribe(this::place);
        area.textProperty().subscribe(this::requestLayout);
    }

    void show(List<LongText.Caret> now) {
        carets = now;
        Set<String> gone = new HashSet<>(marks.keySet());
        for (LongText.Caret caret : now) {
            gone.remove(caret.session());
            marks.computeIfAbsent(caret.session(), _ -> new Mark(caret)).told(caret);
        }
        gone.forEach(session -> {
            Mark mark = marks.remove(session);
            if (mark != null) {
                getChildren().removeAll(mark.selection, mark.line, mark.name);
            }
        });
        place();
    }

    @Override
    protected void layoutChildren() {
        clip.setWidth(getWidth());
        clip.setHeight(getHeight());
        place();
    }

    private void place() {
        Text shown = shownText();
        for (LongText.Caret caret : carets) {
            Mark mark = marks.get(caret.session());
            if (mark != null && shown != null) {
                mark.place(shown, caret);
            }
        }
    }

    /// The node that draws the area's text.
    private @Nullable Text shownText() {
        return area.lookupAll(".text").stream().filter(Text.class::isInstance).map(Text.class::cast)
                .filter(node -> node.getText().equals(area.getText())).findFirst().orElse(null);
    }

    private final class Mark {

        private final Path selection = new Path();
        private final Region line = new Region();
        private final Label name = new Label();
        private final PauseTransition hide = new PauseTransition(NAME_STAYS);
        private int anchor = -1;
        private int head = -1;

        Mark(LongText.Caret caret) {
            String hue = Styles.person(caret.color());
            selection.getStyleClass().addAll("wf-text-selection", hue);
            line.getStyleClass().addAll("wf-text-caret", hue);
            line.setManaged(false);
            selection.setManaged(false);
            name.getStyleClass().addAll("wf-text-caret-name", hue);
            name.setManaged(false);
            hide.setOnFinished(_ -> name.setVisible(false));
            getChildren().addAll(selection, line, name);
        }

        void told(LongText.Caret caret) {
            name.setText(PlainText.line(caret.name()));
            if (caret.anchor() != anchor || caret.head() != head) {
                anchor = caret.anchor();
                head = caret.head();
                name.setVisible(true);
                hide.playFromStart();
            }
        }

        void place(Text shown, LongText.Caret caret) {
            int length = shown.getText().length();
            int at = Math.min(caret.head(), length);
            Bounds local = new Path(shown.caretShape(at, true)).getBoundsInLocal();
            Point2D top = sceneToLocal(shown.localToScene(local.getCenterX(), local.getMinY()));
            if (top == null) {
                return;
            }
            double x = Math.rint(top.getX() - WIDTH / 2);
            line.resizeRelocate(x, top.getY(), WIDTH, local.getHeight());
            double height = name.prefHeight(-1);
            double width = name.prefWidth(-1);
            double above = top.getY() - height;
            name.resizeRelocate(Math.clamp(x, 0, Math.max(0, getWidth() - width)),
                    above < 0 ? top.getY() + local.getHeight() : above, width, height);
            int from = Math.min(Math.min(caret.anchor(), length), at);
            int to = Math.max(Math.min(caret.anchor(), length), at);
            PathElement[] shape = from == to ? new PathElement[0] : shown.rangeShape(from, to);
            selection.getElements().setAll(shape);
            Point2D origin = sceneToLocal(shown.localToScene(0, 0));
            selection.relocate(0, 0);
            selection.setLayoutX(origin.getX());
            selection.setLayoutY(origin.getY());
        }
    }
}
