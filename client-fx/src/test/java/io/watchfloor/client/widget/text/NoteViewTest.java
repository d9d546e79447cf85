package io.watchfloor.client.widget.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.gallery.WrittenText;
import io.watchfloor.document.Delta;
import io.watchfloor.document.DeltaBuilder;
import io.watchfloor.document.Limits;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

class NoteViewTest {

    private static List<Node> page(String text) {
        return new Markdown(_ -> {}).render(text);
    }

    /// All words of a page, in order.
    private static String words(List<Node> nodes) {
        StringBuilder words = new StringBuilder();
        nodes.forEach(node -> collect(node, words));
        return words.toString();
    }

    private static void collect(Node node, StringBuilder words) {
        if (node instanceof Text text) {
            words.append(text.getText());
        } else if (node instanceof Labeled label) {
            words.append(label.getText()).append(' ');
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, words));
        }
    }

    @Test
    void page_TXT20_showsTheSmallSetAndLoadsNothing() throws Exception {
        FxThread.run(() -> {
            assertThat(words(page("# Head\n**bold** `code`\n\n- one\n- two\n\n1. first"))).contains("Head", "bold",
                    "code", "• one", "• two", "1. first");
            assertThat(words(page("<script>alert(1)</script>"))).isEqualTo("<script>alert(1)</script>");
            assertThat(words(page("![map](http://example.org/x.png)"))).isEqualTo("[image: map]");
            assertThat(words(page("a\u202eb\u0007"))).isEqualTo("a\uFFFDb\uFFFD");
        });
    }

    @Test
    void link_TXT20_leadsToTheWebOrMailAndNowhereElse() throws Exception {
        assertThat(Markdown.target("https://example.org/a?b=c")).isEqualTo(URI.create("https://example.org/a?b=c"));
        assertThat(Markdown.target("MAILTO:a@example.org")).isNotNull();
        for (String bad : List.of("javascript:alert(1)", "file:///etc/passwd", "//example.org", "data:text/html,x",
                "jar:http://x!/", "a b", "")) {
            assertThat(Markdown.target(bad)).as(bad).isNull();
        }
        FxThread.run(() -> assertThat(words(page("[go](javascript:alert\\(1\\))"))).contains("go", "(javascript:"));
    }

    /// The words of a link may say anything; the place it leads to stands behind them.
    @Test
    void link_TXT20_showsThePlaceItLeadsTo() throws Exception {
        FxThread.run(() -> {
            assertThat(words(page("[your bank](https://evil.example/login)"))).isEqualTo("your bank (evil.example)");
            assertThat(words(page("[https://bank.example](https://evil.example)")))
                    .isEqualTo("https://bank.example (evil.example)");
            assertThat(words(page("<https://wiki.example/page>"))).isEqualTo("https://wiki.example/page");
            assertThat(words(page("[wiki.example](https://wiki.example/page)"))).isEqualTo("wiki.example");
            assertThat(words(page("[us](mailto:noc@example.org)"))).isEqualTo("us (noc@example.org)");
        });
        for (String bad : List.of("https://bank.example@evil.example/", "https://b\u0430nk.example/", "https:///x",
                "http:evil.example")) {
            assertThat(Markdown.target(bad)).as(bad).isNull();
        }
    }

    /// Names, titles, cells and labels are one line, in which nothing is hidden, turned around or buried.
    @Test
    void line_TXT26_marksWhatHidesTurnsOrBuries() {
        assertThat(PlainText.line("invoice\u202efdp.exe")).isEqualTo("invoice\uFFFDfdp.exe");
        assertThat(PlainText.line("ad\u200bmin\u2060\ufeff\u00ad")).isEqualTo("ad\uFFFDmin\uFFFD\uFFFD\uFFFD");
        assertThat(PlainText.line("a\u2066b\u2069\u200f\u061c")).isEqualTo("a\uFFFDb\uFFFD\uFFFD\uFFFD");
        assertThat(PlainText.line("one\ntwo\tthree\u2028four\u001b[31m")).isEqualTo("one two three four\uFFFD[31m");
        assertThat(PlainText.line("e" + "\u0301".repeat(100))).hasSizeLessThan(10);
        assertThat(PlainText.line("\ud83d")).isEqualTo("\uFFFD");
        for (String honest : List.of("Temperatur °C", "Größe", "日本語", "שלום", "مرحبا", "👩\u200d🚒 shift",
                "न\u094d\u200dय")) {
            assertThat(PlainText.line(honest)).isEqualTo(honest);
        }
    }

    /// Text made to exhaust whoever reads it is shown all the same.
    @Test
    void page_TXT20_ofNestedBombsIsBounded() throws Exception {
        FxThread.run(() -> {
            for (String bomb : List.of(">".repeat(20_000), "- ".repeat(10_000), "*a ".repeat(6_000),
                    "[".repeat(20_000), "**".repeat(10_000) + "x", "`".repeat(20_000), "1. ".repeat(6_000))) {
                VBox box = new VBox(page(bomb).toArray(Node[]::new));
                assertThat(depth(box)).isLessThan(60);
            }
        });
    }

    private static int depth(Node node) {
        return node instanceof Parent parent
                ? 1 + parent.getChildrenUnmodifiable().stream().mapToInt(NoteViewTest::depth).max().orElse(0)
                : 1;
    }

    @Test
    void pane_TXT21_keepsTheCaretWhereItIsWhileOthersType() throws Exception {
        FxThread.run(() -> {
            WrittenText text = new WrittenText("disk full");
            TextArea area = new TextPane(text).area();
            area.selectRange(5, 9);
            text.told(new DeltaBuilder().insert("the ").retain(4).delete(1).insert("-").build());
            assertThat(area.getText()).isEqualTo("the disk-full");
            assertThat(area.getSelectedText()).isEqualTo("full");
            area.replaceSelection("empty");
            assertThat(text.content()).hasToString("the disk-empty");
        });
    }

    @Test
    void pane_TXT24_takesWhatCanBeStored() throws Exception {
        FxThread.run(() -> {
            WrittenText text = new WrittenText("");
            TextArea area = new TextPane(text).area();
            area.insertText(0, "a\r\nb\u0000\u0007c\ud83d");
            assertThat(text.content()).hasToString("a\nbc").hasToString(area.getText());
            area.setText("x".repeat(Limits.TEXT_LENGTH));
            area.appendText("y");
            assertThat(text.content()).hasSize(Limits.TEXT_LENGTH).doesNotContain("y");
            assertThat(text.content()).hasToString(area.getText());
        });
    }

    /// Whatever is typed here and elsewhere, what is shown is what is written.
    @Test
    void pane_TXT21_showsWhatIsWrittenAfterAnyTyping() throws Exception {
        FxThread.run(() -> {
            SplittableRandom random = new SplittableRandom(4);
            String[] pieces = {"a", "bc\n", "😀", "e\u0301", "\u202e", " "};
            for (int round = 0; round < 20; round++) {
                WrittenText text = new WrittenText("");
                TextArea area = new TextPane(text).area();
                for (int i = 0; i < 60; i++) {
                    List<Integer> places = places(text.content().toString());
                    int a = places.get(random.nextInt(places.size()));
                    int b = places.get(random.nextInt(places.size()));
                    int from = Math.min(a, b);
                    int to = random.nextInt(3) == 0 ? Math.max(a, b) : from;
                    String piece = pieces[random.nextInt(pieces.length)];
                    if (random.nextBoolean()) {
                        area.replaceText(from, to, piece);
                    } else {
                        text.told(Delta.replace(from, to - from, piece));
                    }
                    assertThat(area.getText()).isEqualTo(PlainText.of(text.content().toString()));
                }
            }
        });
    }

    private static List<Integer> places(String text) {
        List<Integer> places = new ArrayList<>(List.of(0));
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            places.add(i + Character.charCount(text.codePointAt(i)));
        }
        return places;
    }
}
