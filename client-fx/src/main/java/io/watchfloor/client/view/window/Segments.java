package io.watchfloor.client.view.window;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A few things beside each other of which one is chosen. FX thread only.
public final class Segments<T> {

    private final HBox row = new HBox();
    private final List<T> all;
    private final List<ToggleButton> buttons = new ArrayList<>();

    /// @param name of a thing, for people
    /// @param chosen told which one was pressed
    public Segments(List<T> all, Function<T, String> name, Consumer<T> chosen) {
        this.all = List.copyOf(all);
        row.getStyleClass().add("wf-ranges");
        row.setMinWidth(Region.USE_PREF_SIZE);
        row.setMaxWidth(Region.USE_PREF_SIZE);
        for (T each : all) {
            ToggleButton button = new ToggleButton(name.apply(each));
            button.getStyleClass().add("wf-range");
            button.setOnAction(_ -> {
                button.setSelected(true);
                show(each);
                chosen.accept(each);
            });
            buttons.add(button);
        }
        row.getChildren().addAll(buttons);
    }

    public Node node() {
        return row;
    }

    /// Shows which one is chosen, without telling.
    public void show(T chosen) {
        for (int i = 0; i < all.size(); i++) {
            buttons.get(i).setSelected(all.get(i).equals(chosen));
        }
    }

    /// The button of a thing.
    public ToggleButton button(T of) {
        return buttons.get(all.indexOf(of));
    }
}
