package io.watchfloor.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.Right;
import io.watchfloor.protocol.rest.GrantRow;
import java.util.concurrent.TimeUnit;
import javafx.scene.control.MenuButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The sharing at the side of a dashboard.
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class SharingFxTest {

    private DashboardPage page;

    @Start
    void start(Stage stage) {
        page = new DashboardPage(stage);
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void sharing_ADM11_isDoneByKeyboard_andUndone() {
        grant(Right.OWN);
        page.open();
        page.click("#share");
        page.until("the search has the focus", () -> page.find("#share-search").isFocused());
        page.type("bo");
        page.until("bob is found", () -> page.texts("#share-candidates .button").contains("bob"));
        page.press(KeyCode.ENTER);
        page.until("bob is listed", () -> page.texts("#share-people .label").contains("bob"));
        assertThat(page.sharing.asked).containsExactly(new GrantRow("bob", null, Right.EDIT));
        page.click(".wf-toasts .button");
        page.until("bob is gone", () -> !page.texts("#share-people .label").contains("bob"));
        page.click("#share-search");
        page.press(KeyCode.ESCAPE);
        page.until("the panel is closed", () -> !page.isThere("#share-search"));
    }

    @Test
    void right_ADM11_isChangedInItsRow_andEveryControlSaysWhoseItIs() {
        grant(Right.OWN);
        page.open();
        page.onFx(() -> page.sharing.grant(new GrantRow("bob", null, Right.EDIT)));
        page.click("#share");
        page.until("bob is listed", () -> page.isThere("#share-people .wf-share-choice"));
        assertThat(page.<String>onFx(() -> page.find("#share-people .wf-share-choice").getAccessibleText()))
                .isEqualTo("Right of bob: Editor");
        page.onFx(() -> {
            ((MenuButton) page.find("#share-people .wf-share-choice")).getItems().stream()
                    .filter(item -> "right-view".equals(item.getId())).findFirst().orElseThrow().fire();
            return true;
        });
        page.until("he is a viewer", () -> page.sharing.asked.getLast().equals(new GrantRow("bob", null, Right.VIEW)));
    }

    @Test
    void whoDoesNotOwnIt_ADM13_isNotOfferedToShare_andIsToldWhyItIsReadOnly() {
        grant(Right.VIEW);
        page.open();
        assertThat(page.isThere("#share")).isFalse();
        page.click("#read-only");
        page.until("the reason is told", () -> page.texts(".wf-toasts .label")
                .contains("This dashboard is shared with you to look at. One of its owners can let you edit it."));
    }

    @Test
    void lostRight_ADM13_closesWhatItWasNeededFor_andIsTold() {
        grant(Right.OWN);
        page.open();
        page.click("#share");
        page.until("the panel is open", () -> page.isThere("#share-search"));
        grant(Right.VIEW);
        page.until("the panel is closed", () -> !page.isThere("#share-search"));
        page.until("it is told", () -> page.texts(".wf-toasts .label").stream()
                .anyMatch(text -> text.startsWith("You cannot edit this dashboard any more.")));
        grant(Right.EDIT);
        page.until("the way back is told", () -> page.texts(".wf-toasts .label").contains(
                "You can edit this dashboard now."));
    }

    private void grant(Right right) {
        page.onFx(() -> {
            page.server.grant(right);
            return true;
        });
    }
}
