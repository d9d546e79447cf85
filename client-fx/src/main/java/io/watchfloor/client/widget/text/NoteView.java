package io.watchfloor.client.widget.text;

import io.watchfloor.client.model.LongText;
import io.watchfloor.client.sync.Registration;
import io.watchfloor.client.theme.Styles;
import io.watchfloor.document.Delta;
import java.net.URI;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// A note: read as a page while nobody types in it, and typed in where it stands, with everybody who does. A click or
/// Enter begins typing, Escape ends it. FX thread only.
public final class NoteView extends StackPane {

    /// Longer texts are shown as they are written.
    private static final int LONGEST_PAGE = 20_000;

    private final LongText text;
    private final BooleanSupplier mayEdit;
    private final Markdown markdown;
    private final TextPane pane;
    private final VBox page = new VBox();
    private final ScrollPane scroll = new ScrollPane(page);
    private final Label advice = new Label();
    private final Registration registration;
    private boolean typing;
    private boolean stale = true;

    /// @param mayEdit whether the dashboard is being edited here
    /// @param follow told which link was clicked
    /// @param dirty asks for [#redraw]
    public NoteView(LongText text, BooleanSupplier mayEdit, Consumer<URI> follow, Runnable dirty) {
        this.text = text;
        this.mayEdit = mayEdit;
        markdown = new Markdown(follow);
        pane = new TextPane(text);
        getStyleClass().add("wf-note-view");
        page.getStyleClass().add("wf-md-page");
        scroll.getStyleClass().add("wf-note-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleRole(AccessibleRole.TEXT_AREA);
        scroll.setAccessibleText("Note");
        advice.getStyleClass().addAll(Styles.MUTED, "wf-note-advice");
        advice.setMouseTransparent(true);
        setMinSize(0, 0);
        getChildren().addAll(scroll, pane, advice);
        registration = text.listen(new LongText.Listener() {

            @Override
            public void changed(Delta delta, boolean here) {
                stale = true;
                dirty.run();
            }

            @Override
            public void rightChanged() {
                stale = true;
                dirty.run();
            }
        });
        scroll.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.isStillSincePress()) {
                type();
            }
        });
        scroll.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                type();
                event.consume();
            }
        });
        pane.onFocus(focused -> {
            // also where it was pressed while it stood as it is written, because a colleague types in it
            typing = focused ? pane.area().isEditable() : typing && isFocusOwner();
            stale = true;
            redraw();
        });
        pane.area().addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                typing = false;
                redraw();
                if (scroll.isVisible()) {
                    scroll.requestFocus();
                } else if (getParent() != null) {
                    getParent().requestFocus();
                }
                event.consume();
            }
        });
        redraw();
    }

    /// A window in the background keeps what had the focus in it, so that whoever comes back goes on typing.
    private boolean isFocusOwner() {
        return getScene() != null && pane.area().equals(getScene().getFocusOwner());
    }

    /// Begins typing at the end, where that is allowed.
    public void type() {
        if (mayEdit.getAsBoolean() && text.editable()) {
            typing = true;
            redraw();
            pane.area().requestFocus();
            pane.area().end();
        }
    }

    /// Whether this person types in it.
    public boolean isTyping() {
        return typing;
    }

    TextPane pane() {
        return pane;
    }

    /// Shows what has changed, and where colleagues are.
    public void redraw() {
        boolean together = !text.carets().isEmpty();
        boolean asWritten = typing || together || text.content().length() > LONGEST_PAGE;
        pane.setVisible(asWritten);
        pane.area().setEditable(text.editable() && mayEdit.getAsBoolean());
        scroll.setVisible(!asWritten);
        pane.showCarets();
        boolean empty = text.content().isEmpty();
        advice.setVisible(empty && !typing);
        advice.setText(mayEdit.getAsBoolean() && text.editable() ? "Click to write." : "Nothing is written here yet.");
        if (!asWritten && stale) {
            stale = false;
            page.getChildren().setAll(markdown.render(text.content().toString()));
        }
    }

    /// Follows nothing any more; the text is not closed from here.
    public void dispose() {
        registration.close();
        pane.dispose();
    }
}
