package io.watchfloor.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.widget.text.TextPane;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextId;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Right;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class NoteFxTest {

    private DashboardPage page;
    private ElementId note;
    private TextId text;

    @Start
    void start(Stage stage) {
        page = new DashboardPage(stage);
        page.server.colleague(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"));
        note = page.server.create(1, Properties.KIND_TEXT, ElementId.DASHBOARD,
                Map.of(Properties.TITLE, Value.of("Handover"), Properties.BOUNDS, new Bounds(0, 0, 12, 8).toValue()));
        text = new TextId(note, Properties.TEXT);
    }

    @AfterEach
    void close() {
        page.close();
    }

    private TextArea area() {
        return ((TextPane) page.frame(note).lookup(".wf-text-pane")).area();
    }

    /// Whether it stands as it is written, and not as a page.
    private boolean isAsWritten() {
        return area().getParent().isVisible();
    }

    private void there(Runnable action) {
        page.onFx(() -> {
            action.run();
            return true;
        });
        page.settle();
    }

    private String atTheServer() {
        return page.onFx(() -> page.server.text(text));
    }

    @Test
    void aNote_TXT20_isReadAsAPage_andTypedInWhereItIsClicked() {
        page.open();
        there(() -> page.server.types(text, Delta.insert(0, "All **quiet**")));
        page.until("it is a page", () -> page.frame(note).lookup(".wf-md-bold") != null);
        page.click("#widget-" + note + " .wf-note-scroll");
        page.type(" today");

        page.until("sent", () -> page.server.text(text).equals("All **quiet** today"));
        page.press(KeyCode.ESCAPE);
        page.until("a page again", () -> !isAsWritten() && page.frame(note).lookup(".wf-md-bold") != null);
        page.press(KeyCode.ENTER);
        page.type("!");
        page.until("typed again", () -> page.server.text(text).equals("All **quiet** today!"));
    }

    /// What the colleague types appears while one types oneself, and neither disturbs the other.
    @Test
    void twoPeople_TXT21_typeInOneNoteAtOnce() {
        page.open();
        there(() -> page.server.types(text, Delta.insert(0, "disk full")));
        page.click("#widget-" + note + " .wf-note-scroll");
        page.type(" on");
        there(() -> page.server.types(text, Delta.insert(0, "14:02 ")));
        page.type(" db-1");
        there(() -> page.server.types(text, Delta.replace(6, 4, "DISK")));
        page.type("!");

        page.until("one text", () -> page.server.text(text).equals("14:02 DISK full on db-1!")
                && area().getText().equals(page.server.text(text)));
        assertThat(page.onFx(() -> area().getCaretPosition())).isEqualTo(24);
    }

    /// Where a colleague types the text stands as it is written already, and is pressed as such.
    @Test
    void typing_TXT21_goesOn_whenTheColleagueWhoTypedThereToo_leaves() {
        page.open();
        there(() -> {
            page.server.types(text, Delta.insert(0, "disk full"));
            page.server.caret(text, 4, 4);
        });
        page.until("it stands as it is written", this::isAsWritten);
        page.click("#widget-" + note + " .wf-text-area");
        there(page.server::stopsTyping);
        page.until("the colleague's caret is gone", () -> page.frame(note).lookup(".wf-text-caret") == null);
        page.press(KeyCode.END);
        page.type("!");
        page.until("sent", () -> page.server.text(text).equals("disk full!"));
        assertThat(page.onFx(this::isAsWritten)).isTrue();
    }

    @Test
    void aColleaguesCaret_TXT22_standsInTheText_andMovesWithIt() {
        page.open();
        there(() -> {
            page.server.types(text, Delta.insert(0, "disk full"));
            page.server.caret(text, 4, 4);
        });
        page.until("the caret is there", () -> isAsWritten() && page.frame(note).lookup(".wf-text-caret") != null);
        double before = page.onFx(() -> page.frame(note).lookup(".wf-text-caret").getLayoutX());
        there(() -> page.server.types(text, Delta.insert(0, "the great ")));

        page.until("it moved", () -> page.frame(note).lookup(".wf-text-caret").getLayoutX() > before + 20);
        page.click("#widget-" + note + " .wf-text-area");
        page.until("mine is told too", () -> {
            Presence.Editing editing = page.server.shown().editing();
            return editing != null && editing.element().equals(note) && editing.caret() != null;
        });
        page.press(KeyCode.ESCAPE);
        page.until("and that it left", () -> page.server.shown().editing() == null);
    }

    /// On a busy machine four keys may come so slowly that they are more than one step.
    private void pressUntilItReads(String wanted, KeyCode key) {
        for (int step = 0; step < 4 && !page.onFx(() -> area().getText()).equals(wanted); step++) {
            page.press(KeyCode.CONTROL, key);
        }
    }

    @Test
    void controlZ_TXT23_takesBackOnesOwnTyping_andLeavesTheColleagues() {
        page.open();
        page.click("#widget-" + note + " .wf-note-scroll");
        page.type("mine");
        page.until("sent", () -> page.server.text(text).equals("mine"));
        there(() -> page.server.types(text, Delta.insert(4, " theirs")));
        pressUntilItReads(" theirs", KeyCode.Z);

        page.until("taken back", () -> page.server.text(text).equals(" theirs"));
        assertThat(page.onFx(() -> area().getText())).isEqualTo(" theirs");
        pressUntilItReads("mine theirs", KeyCode.Y);
        page.until("back", () -> page.server.text(text).equals("mine theirs"));
        assertThat(page.onFx(() -> area().getText())).isEqualTo("mine theirs");
    }

    @Test
    void thePanel_addsANote_thatIsTypedInAtOnce() {
        page.open();
        page.click("#add-widget");
        page.click("#add-text");
        page.click("#add-note");
        page.type("hello");

        page.until("it is at the server", () -> page.server.pushed().stream()
                .anyMatch(a -> a.property().equals(Properties.KIND) && a.value().equals(Value.of("text"))));
        ElementId made = page.onFx(() -> page.server.pushed().getLast().element());
        page.until("typed", () -> page.server.text(new TextId(made, Properties.TEXT)).equals("hello"));
    }

    @Test
    void theDescription_TXT21_isTypedInTheInspector() {
        page.open();
        page.choose(note);
        page.press(KeyCode.ENTER);
        page.click("#inspect-description");
        page.type("for the night shift");

        TextId description = new TextId(note, Properties.DESCRIPTION);
        page.until("typed", () -> page.server.text(description).equals("for the night shift"));
        there(() -> page.server.types(description, Delta.insert(0, "Only ")));
        page.type(".");
        page.until("typed", () -> page.server.text(description).equals("Only for the night shift."));
    }

    @Test
    void aViewer_TXT25_readsIt_andCannotType() {
        there(() -> {
            page.server.grant(Right.VIEW);
            page.server.types(text, Delta.insert(0, "read me"));
        });
        page.open();
        page.click("#widget-" + note + " .wf-note-scroll");
        page.type("x");

        assertThat(page.onFx(() -> area().getText())).as("what is typed shows at once").isEqualTo("read me");
        assertThat(atTheServer()).isEqualTo("read me");
        assertThat(page.onFx(this::isAsWritten)).isFalse();
    }
}
