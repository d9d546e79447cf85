package io.watchfloor.client.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ServerMessage.Person;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/// The history at the side of a dashboard.
@ExtendWith(ApplicationExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // set by start, which the extension calls first
class HistoryFxTest {

    private static final String SENTENCES = ".wf-history-row .label";

    private DashboardPage page;

    @Start
    void start(Stage stage) {
        page = new DashboardPage(stage);
        page.server.colleague(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall"));
    }

    @AfterEach
    void close() {
        page.close();
    }

    @Test
    void history_HIS8_showsWhoDidWhat_olderOnesOnDemand_andClosesWithEscape() {
        page.open();
        page.click("#history");
        page.until("the newest lines are shown",
                () -> page.texts(SENTENCES).contains("anna renamed 'Load' to 'Load, 1 min'"));
        assertThat(lines()).hasSize(5);
        page.click("#history-more");
        page.until("the older lines are shown", () -> lines().size() == 7);
        assertThat(page.isThere("#history-more")).isFalse();
        page.press(KeyCode.ESCAPE);
        page.until("the panel is closed", () -> !page.isThere("#history-lines"));
    }

    @Test
    void restore_HIS8_tellsHowToTakeItBack() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.click("#history-lines .wf-history-restore");
        page.until("the restore is in the history",
                () -> page.texts(SENTENCES).contains("anna restored the dashboard of revision 7"));
        page.click(".wf-toasts .button");
        page.until("it was taken back", () -> page.past.restored.equals(List.of(7L, 7L)));
    }

    /// As after a restore from a backup while the history is open.
    @Test
    void restore_HIS10_ofAHistoryThatIsNoMoreIsNotDone_andTheNewOneIsShown() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.click("#history-more");
        page.until("the older lines are shown", () -> lines().size() == 7);
        page.past.epoch = new Epoch(new UUID(7, 2));
        page.click("#history-lines .wf-history-restore");
        page.until("it is told", () -> page.texts(".wf-toasts .label")
                .contains("The history is another one. Look at it anew."));
        assertThat(page.past.restored).isEmpty();
        page.until("lines of the old one are gone", () -> lines().size() == 5);
        page.click("#history-lines .wf-history-restore");
        page.until("it is restored", () -> page.past.restored.equals(List.of(7L)));
    }

    @Test
    void version_HIS8_isNamedByKeyboard_andAProblemIsTold() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        name("Before the move");
        page.until("it is listed", () -> page.texts(SENTENCES).contains("Before the move"));
        name("Before the move");
        page.until("the problem is told",
                () -> page.texts(".wf-toasts .label").contains("There is a version of this name already."));
    }

    @Test
    void look_HIS9_showsTheDashboardAsItWas_markedAndReadOnly_untilOneGoesBackToNow() {
        page.open();
        assertThat(page.isThere("#add-widget")).isTrue();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.click("#history-lines .wf-history-look");
        page.until("the dashboard of then is shown", () -> page.isThere("#past-" + FakePast.THEN));
        assertThat(page.text("#past-heading")).isEqualTo("'Wall of then' as it was");
        assertThat(page.text("#past-caption")).contains("after anna renamed 'Load' to 'Load, 1 min'");
        assertThat(page.isThere("#add-widget")).as("nothing can be changed in it").isFalse();
        assertThat(page.isThere("#undo")).isFalse();
        page.click("#past-back");
        page.until("it is now again", () -> !page.isThere("#past"));
        assertThat(page.isThere("#add-widget")).isTrue();
        assertThat(page.past.restored).isEmpty();
    }

    @Test
    void look_HIS9_leadsToTheRestore_byKeyboardToo() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.focus("#history-lines .wf-history-look");
        page.press(KeyCode.SPACE);
        page.until("the dashboard of then is shown", () -> page.isThere("#past-restore"));
        page.click("#past-restore");
        page.until("it is restored", () -> page.past.restored.equals(List.of(7L)));
        assertThat(page.isThere("#past")).isFalse();
    }

    @Test
    void look_HIS9_closesWithTheHistory_andARevisionThatIsGoneIsTold() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.past.lost = true;
        page.click("#history-lines .wf-history-look");
        page.until("it is told", () -> page.texts(".wf-toasts .label").contains("The dashboard has no such revision."));
        assertThat(page.isThere("#past")).isFalse();
        page.past.lost = false;
        page.click("#history-lines .wf-history-look");
        page.until("the dashboard of then is shown", () -> page.isThere("#past"));
        page.click("#history");
        page.until("it is now again", () -> !page.isThere("#past"));
    }

    @Test
    void version_HIS9_isLookedAt_andItsNameTakenAwayOnceThatIsConfirmed() {
        page.open();
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        name("Before the move");
        page.until("it is listed", () -> page.texts(SENTENCES).contains("Before the move"));
        page.click("#history-versions .wf-history-look");
        page.until("it is shown", () -> page.isThere("#past"));
        assertThat(page.text("#past-caption")).startsWith("Version 'Before the move'.");
        page.click("#history-versions .wf-history-forget");
        page.click("#keep-version");
        assertThat(page.texts(SENTENCES)).contains("Before the move");
        page.click("#history-versions .wf-history-forget");
        page.click("#forget-version");
        page.until("it has no name any more", () -> !page.texts(SENTENCES).contains("Before the move"));
    }

    @Test
    void colours_HIS9_areThoseOfThePeopleWhoAreHere() {
        page.open();
        page.onFx(() -> {
            page.server.people(new Person("s1", "anna", 4), new Person("s2", "bob", 7));
            return true;
        });
        page.click("#history");
        page.until("the lines are shown", () -> lines().size() == 5);
        page.until("they have colours", () -> page.isThere("#history-lines .wf-person-5")
                && page.isThere("#history-lines .wf-person-8"));
    }

    private void name(String name) {
        page.click("#version-name");
        page.type(name);
        page.press(KeyCode.ENTER);
    }

    /// The names of those who did something, one for each line.
    private List<String> lines() {
        Set<String> initials = Set.of("AN", "BO");
        return page.texts("#history-lines .wf-history-mark").stream().filter(initials::contains).toList();
    }
}
