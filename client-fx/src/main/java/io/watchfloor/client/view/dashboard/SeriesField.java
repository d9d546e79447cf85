package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.theme.Styles;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.VBox;

/// A text field for a query, with what could be meant below it: the arrow keys go through the list, Enter takes. FX
/// thread only.
final class SeriesField {

    private static final int SHOWN = 8;
    private static final double ROW = 26;

    private final TextField text = new TextField();
    private final ListView<String> list = new ListView<>();
    private final Label error = new Label();
    private final VBox box = new VBox(text, error, list);
    private final Function<String, List<String>> suggestions;
    private boolean always;

    /// @param suggestions for what is typed
    /// @param taken told what was typed or chosen; answers by an [IllegalArgumentException] where it will not do
    SeriesField(String initial, Function<String, List<String>> suggestions, Consumer<String> taken) {
        this.suggestions = suggestions;
        text.setText(initial);
        text.getStyleClass().add("wf-code-field");
        error.getStyleClass().add(Styles.FIELD_ERROR);
        error.setWrapText(true);
        error.setMinHeight(Label.USE_PREF_SIZE);
        list.getStyleClass().add("wf-suggestions");
        list.setFixedCellSize(ROW);
        tell("");
        showList(false);
        text.setOnAction(_ -> take(text.getText(), taken));
        text.textProperty().subscribe((_, now) -> {
            tell("");
            offer(now);
        });
        text.focusedProperty().subscribe((was, is) -> {
            if (is) {
                offer(text.getText());
            } else if (was && !list.isFocused()) {
                showList(always);
            }
        });
        text.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.DOWN && list.isVisible() && !list.getItems().isEmpty()) {
                list.requestFocus();
                list.getSelectionModel().selectFirst();
                event.consume();
            }
        });
        list.focusedProperty().subscribe((was, is) -> {
            if (was && !is && !text.isFocused()) {
                showList(always);
            }
        });
        list.setOnKeyPressed(event -> {
            String chosen = list.getSelectionModel().getSelectedItem();
            if (event.getCode() == KeyCode.ENTER && chosen != null) {
                take(chosen, taken);
                event.consume();
            }
        });
        list.setOnMouseClicked(event -> {
            String chosen = list.getSelectionModel().getSelectedItem();
            if (event.getButton() == MouseButton.PRIMARY && chosen != null) {
                take(chosen, taken);
            }
        });
    }

    Node node() {
        return box;
    }

    TextField text() {
        return text;
    }

    /// Leaves the list open also while the field has no focus.
    void keepOpen() {
        always = true;
        offer(text.getText());
    }

    /// Says what is wrong with what was typed; empty for nothing.
    void tell(String sentence) {
        error.setText(sentence);
        error.setVisible(!sentence.isEmpty());
        error.setManaged(!sentence.isEmpty());
        text.pseudoClassStateChanged(Styles.ERROR, !sentence.isEmpty());
    }

    private void offer(String typed) {
        list.getItems().setAll(suggestions.apply(typed));
        list.setPrefHeight(2 + ROW * Math.min(SHOWN, list.getItems().size()));
        showList((always || text.isFocused()) && !list.getItems().isEmpty());
    }

    private void showList(boolean shown) {
        boolean some = shown && !list.getItems().isEmpty();
        list.setVisible(some);
        list.setManaged(some);
    }

    private void take(String typed, Consumer<String> taken) {
        try {
            taken.accept(typed);
            if (!text.getText().equals(typed)) {
                text.setText(typed);
            }
            showList(always);
        } catch (IllegalArgumentException e) {
            tell(String.valueOf(e.getMessage()));
            text.requestFocus();
        }
    }
}
