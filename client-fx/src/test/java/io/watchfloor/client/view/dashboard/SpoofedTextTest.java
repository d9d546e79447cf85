package io.watchfloor.client.view.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.view.window.Question;
import io.watchfloor.client.view.window.Toasts;
import io.watchfloor.client.widget.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kordamp.ikonli.feather.Feather;

/// What colleagues name things, wherever a sentence tells of it.
class SpoofedTextTest {

    /// A name that ends the line it is in and begins another, one that turns around what follows, one that looks like
    /// another, one that paints over its neighbours, and one for terminals.
    static List<String> names() {
        return List.of("CPU'\nadmin deleted the dashboard", "CPU\u2028admin: all is well", "invoice\u202efdp.exe",
                "\u2066admin\u2069", "ad\u200bmin", "\u200eadmin\u200f", "adm\u061cin", "ad\u2060min\ufeff",
                "e" + "\u0301".repeat(60), "\u001b[2J\u0007red", "\u0000\u0085x", "a\rb");
    }

    @ParameterizedTest
    @MethodSource("names")
    void toast_TXT26_isOneLineInWhichNothingHides(String name) throws Exception {
        FxThread.run(() -> {
            Toasts toasts = new Toasts();
            toasts.show("Undone: rename '" + name + "'");
            toasts.show("'" + name + "' was removed.", "Undo", () -> {});
            assertPlain(shown(toasts.node()));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void historyRow_TXT26_isOneLineInWhichNothingHides_alsoForWhoListensToIt(String name) throws Exception {
        FxThread.run(() -> {
            HistoryRow row = new HistoryRow(new Label("AN"), "anna renamed 'a' to '" + name + "'", "10:15", 7, () -> {})
                    .with(Feather.X, "wf-plain", "Delete the name '" + name + "'", () -> {});
            assertPlain(shown(row.node()));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void colleague_TXT26_hasANameInWhichNothingHides(String name) throws Exception {
        FxThread.run(() -> {
            FollowFrame frame = new FollowFrame();
            frame.show(name, 3);
            assertPlain(shown(new StackPane(new PersonCursor(name), frame.node())));
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void question_TXT26_hasATitleInWhichNothingHides(String name) throws Exception {
        FxThread.run(
                () -> assertPlain(shown(new Question("Remove '" + name + "'?", "It is gone then.", "Keep", "Remove",
                        _ -> {}).node())));
    }

    @Test
    void honestNames_TXT26_stayAsTheyAre() throws Exception {
        FxThread.run(() -> {
            for (String name : List.of("Núria", "Владимир", "محمد", "日本", "e\u0301", "👩‍🚒", "می\u200cخواهم")) {
                Toasts toasts = new Toasts();
                toasts.show(name);
                assertThat(texts(shown(toasts.node()))).contains(name);
            }
        });
    }

    private static Parent shown(Node node) {
        return Shown.in(node instanceof Region region ? region : new StackPane(node), 600, 400);
    }

    private static void assertPlain(Node node) {
        List<String> told = texts(node);
        assertThat(told).isNotEmpty().allSatisfy(text -> {
            assertThat(text.codePoints().filter(SpoofedTextTest::isHidden).mapToObj(Integer::toHexString)).as(text)
                    .isEmpty();
            assertThat(text).doesNotContain("\u0301".repeat(10));
        });
    }

    private static boolean isHidden(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.FORMAT && c != 0x200c && c != 0x200d);
    }

    /// All that is told to eyes and ears.
    private static List<String> texts(Node node) {
        List<String> found = new ArrayList<>();
        collect(node, found);
        return found.stream().filter(Objects::nonNull).filter(text -> !text.isEmpty()).toList();
    }

    private static void collect(Node node, List<String> found) {
        found.add(Objects.requireNonNullElse(node.getAccessibleText(), ""));
        if (node instanceof Labeled labeled) {
            found.add(Objects.requireNonNullElse(labeled.getText(), ""));
            Tooltip hover = labeled.getTooltip();
            if (hover != null) {
                found.add(hover.getText());
            }
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, found));
        }
    }
}
