package io.watchfloor.client.view.window;

import io.watchfloor.client.theme.Styles;
import io.watchfloor.client.widget.text.PlainText;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Sentences that come up at the bottom of a window and leave by themselves. At most three are shown; they wait while the
/// mouse is on them. FX thread only.
public final class Toasts implements Notices {

    private static final int MOST = 3;
    private static final Duration STAY = Duration.seconds(8);

    private final VBox stack = new VBox();
    private final Duration stay;

    public Toasts() {
        this(STAY);
    }

    /// @param stay how long each is shown
    public Toasts(Duration stay) {
        this.stay = stay;
        stack.getStyleClass().add("wf-toasts");
        stack.setAlignment(Pos.BOTTOM_CENTER);
        stack.setPickOnBounds(false);
        stack.setFillWidth(false);
        stack.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
    }

    public Node node() {
        return stack;
    }

    @Override
    public void show(String sentence) {
        add(new Label(PlainText.line(sentence)));
    }

    /// @param action name of the button
    @Override
    public void show(String sentence, String action, Runnable run) {
        Button button = new Button(action);
        button.getStyleClass().addAll(Styles.FLAT, "wf-link-button");
        HBox toast = add(new Label(PlainText.line(sentence)), button);
        button.setOnAction(_ -> {
            stack.getChildren().remove(toast);
            run.run();
        });
    }

    private HBox add(Label sentence, Node... more) {
        sentence.setWrapText(true);
        HBox toast = new HBox(sentence);
        toast.getChildren().addAll(more);
        toast.getStyleClass().add(Styles.TOAST);
        if (stack.getChildren().size() == MOST) {
            stack.getChildren().removeFirst();
        }
        stack.getChildren().add(toast);
        PauseTransition leaving = new PauseTransition(stay);
        leaving.setOnFinished(_ -> stack.getChildren().remove(toast));
        toast.hoverProperty().subscribe(over -> {
            if (over) {
                leaving.pause();
            } else {
                leaving.play();
            }
        });
        return toast;
    }
}
