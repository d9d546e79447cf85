package io.watchfloor.client.widget.text;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Limits;
import java.util.function.Consumer;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextFormatter;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;

/// A long text being typed in by this person and others at once: what others type appears around the caret, which stays
/// where it is in the text, and their carets stand in it in their colours. FX thread only.
public final class TextPane extends StackPane {

    private final LongText text;
    private final TextArea area = new TextArea();
    private final CaretLayer carets;
    private final Registration registration;
    private boolean applying;

    public TextPane(LongText text) {
        this.text = text;
        carets = new CaretLayer(area);
        getStyleClass().add("wf-text-pane");
        area.getStyleClass().add("wf-text-area");
        area.setWrapText(true);
        area.setText(PlainText.of(text.content().toString()));
        area.setEditable(text.editable());
        area.setTextFormatter(new TextFormatter<>(this::typed));
        area.setContextMenu(menu());
        getChildren().addAll(area, carets);
        area.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        area.caretPositionProperty().subscribe(this::tellCaret);
        area.anchorProperty().subscribe(this::tellCaret);
        area.focusedProperty().subscribe((was, is) -> {
            if (is) {
                tellCaret();
            } else if (was) {
                text.leave();
            }
        });
        registration = text.listen(new LongText.Listener() {

            @Override
            public void changed(Delta delta, boolean here) {
                if (!here) {
                    apply(delta);
                }
            }

            @Override
            public void rightChanged() {
                area.setEditable(text.editable());
            }
        });
    }

    public TextArea area() {
        return area;
    }

    /// Shows where colleagues are now.
    public void showCarets() {
        carets.show(text.carets());
    }

    /// Follows nothing any more; the text is not closed from here.
    public void dispose() {
        registration.close();
    }

    private ContextMenu menu() {
        return new ContextMenu(item("Cut", area::cut), item("Copy", area::copy), item("Paste", area::paste),
                item("Select all", area::selectAll));
    }

    private static MenuItem item(String name, Runnable action) {
        MenuItem item = new MenuItem(name);
        item.setOnAction(_ -> action.run());
        return item;
    }

    /// The area's own undo knows nothing of others: that of the dashboard is meant.
    private void key(KeyEvent event) {
        if (!event.isShortcutDown() || (event.getCode() != KeyCode.Z && event.getCode() != KeyCode.Y)) {
            return;
        }
        if (event.getCode() == KeyCode.Y || event.isShiftDown()) {
            text.redo();
        } else {
            text.undo();
        }
        event.consume();
    }

    private TextFormatter.Change typed(TextFormatter.Change change) {
        if (applying || !change.isContentChange()) {
            return change;
        }
        String inserted = PlainText.typed(change.getText());
        int start = change.getRangeStart();
        int removed = change.getRangeEnd() - start;
        Delta delta = Delta.replace(start, removed, inserted);
        boolean taken = area.getLength() + delta.growth() <= Limits.TEXT_LENGTH
                && delta.problemOn(text.content()) == null && (delta.isEmpty() || text.type(delta));
        if (!taken) {
            return refused(change);
        }
        int shorter = change.getText().length() - inserted.length();
        change.setText(PlainText.of(inserted));
        if (shorter > 0) {
            change.selectRange(Math.max(start, change.getAnchor() - shorter),
                    Math.max(start, change.getCaretPosition() - shorter));
        }
        return change;
    }

    private TextFormatter.Change refused(TextFormatter.Change change) {
        change.setText("");
        change.setRange(area.getCaretPosition(), area.getCaretPosition());
        change.selectRange(area.getAnchor(), area.getCaretPosition());
        return change;
    }

    private void apply(Delta delta) {
        int anchor = delta.transform(area.getAnchor(), Delta.Side.LEFT);
        int caret = delta.transform(area.getCaretPosition(), Delta.Side.LEFT);
        double top = area.getScrollTop();
        applying = true;
        try {
            delta.visit(new Applying());
            String now = PlainText.of(text.content().toString());
            if (!area.getText().equals(now)) {
                area.setText(now);
            }
            area.selectRange(anchor, caret);
        } finally {
            applying = false;
        }
        area.setScrollTop(top);
    }

    private void tellCaret() {
        if (area.isFocused() && !applying) {
            text.caret(area.getAnchor(), area.getCaretPosition());
        }
    }

    /// Does to the area what a delta says.
    private final class Applying implements Delta.Visitor {

        private int at;

        @Override
        public void retain(int length) {
            at += length;
        }

        @Override
        public void insert(String inserted) {
            area.insertText(at, PlainText.of(inserted));
            at += inserted.length();
        }

        @Override
        public void delete(int length) {
            area.deleteText(at, at + length);
        }
    }

    /// Told when the focus comes and goes.
    void onFocus(Consumer<Boolean> listener) {
        area.focusedProperty().subscribe((was, is) -> {
            if (!was.equals(is)) {
                listener.accept(is);
            }
        });
    }
}
