package io.watchfloor.client.theme;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.protocol.ServerMessage.Person;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the style sheets promise: the same tokens in every theme, legible text, lines that can be told apart, and no
/// colour outside the token files.
class TokensTest {

    private static final Pattern TOKEN = Pattern.compile("(-wf-[a-z0-9-]+):\\s*(#[0-9a-f]{6}|rgba\\([^)]*\\));");

    @Test
    void tokens_areTheSameInEveryTheme() throws IOException {
        for (Theme theme : Theme.values()) {
            assertThat(tokens(theme).keySet()).as(theme.key()).isEqualTo(tokens(Theme.DARK).keySet());
        }
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void text_hasAContrastOfFourAndAHalfOnEveryGround(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        for (String ground : List.of("ground", "chrome", "surface", "surface-raised", "field")) {
            for (String text : List.of("text", "text-muted", "accent", "warn", "alarm")) {
                assertThat(contrast(of(tokens, text), of(tokens, ground))).as(text + " on " + ground)
                        .isGreaterThanOrEqualTo(4.5);
            }
        }
        assertThat(contrast(of(tokens, "text-faint"), of(tokens, "surface"))).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(of(tokens, "text-on-accent"), of(tokens, "accent"))).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void linesAndMarks_haveAContrastOfThree(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        List<String> marks = new ArrayList<>(List.of("ok", "warn", "alarm", "focus"));
        for (int i = 1; i <= Styles.HUES; i++) {
            marks.add("series-" + i);
        }
        for (String mark : marks) {
            assertThat(contrast(of(tokens, mark), of(tokens, "surface"))).as(mark).isGreaterThanOrEqualTo(3);
        }
    }

    /// Distances in OKLab x 100, as seen with full colour vision and, simulated after Machado et al. 2009, without red,
    /// green or blue cones.
    @ParameterizedTest
    @EnumSource(value = Theme.class, names = {"DARK", "LIGHT"})
    void series_canBeToldApartByEverybody(Theme theme) throws IOException {
        Map<String, Color> tokens = tokens(theme);
        for (Vision vision : Vision.values()) {
            for (int i = 1; i <= Styles.HUES; i++) {
                for (int j = 1; j < i; j++) {
                    double distance = vision.distance(of(tokens, "series-" + i), of(tokens, "series-" + j));
                    assertThat(distance).as(vision + ": " + i + " and " + j).isGreaterThan(vision.least);
                }
            }
        }
    }

    /// The same distances, somewhat less of them because they are more; initials and names tell people apart as well.
    @ParameterizedTest
    @EnumSource(Theme.class)
    void people_PRE33_canBeToldApartByEverybody_andTheirNamesRead(Theme theme) throws IOException {
        assertThat(Styles.PEOPLE).isEqualTo(Person.COLORS);
        Map<String, Color> tokens = tokens(theme);
        for (int i = 1; i <= Styles.PEOPLE; i++) {
            Color one = of(tokens, "person-" + i);
            assertThat(contrast(of(tokens, "ground"), one)).as("name " + i).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(of(tokens, "surface"), one)).as("line " + i).isGreaterThanOrEqualTo(3);
            for (int j = 1; j < i; j++) {
                for (Vision vision : Vision.values()) {
                    assertThat(vision.distance(one, of(tokens, "person-" + j))).as(vision + ": " + i + " and " + j)
                            .isGreaterThan(vision == Vision.FULL ? 12 : 5.4);
                }
            }
            for (String meaning : List.of("accent", "alarm", "warn", "ok")) {
                assertThat(Vision.FULL.distance(one, of(tokens, meaning))).as(meaning + " and " + i).isGreaterThan(6);
            }
        }
    }

    @Test
    void colours_standInTheTokenFilesAlone() throws IOException {
        assertThat(text("watchfloor.css")).doesNotContainPattern("#[0-9a-fA-F]{3,8}\\b|rgba?\\(");
    }

    @Test
    void tokens_thatTheControlsNameExist() throws IOException {
        Map<String, Color> tokens = tokens(Theme.DARK);
        String sheet = text("watchfloor.css");
        Matcher used = Pattern.compile("-wf-[a-z0-9-]+").matcher(sheet);
        int seen = 0;
        while (used.find()) {
            String name = used.group();
            boolean definedHere = sheet.contains(name + ":");
            assertThat(definedHere || tokens.containsKey(name)).as(name).isTrue();
            seen++;
        }
        assertThat(seen).isGreaterThan(100);
    }

    private static Map<String, Color> tokens(Theme theme) throws IOException {
        Map<String, Color> tokens = new LinkedHashMap<>();
        Matcher matcher = TOKEN.matcher(text("tokens-" + theme.key() + ".css"));
        while (matcher.find()) {
            tokens.put(matcher.group(1), Color.web(matcher.group(2)));
        }
        return tokens;
    }

    private static Color of(Map<String, Color> tokens, String name) {
        return Objects.requireNonNull(tokens.get("-wf-" + name), name);
    }

    private static String text(String sheet) throws IOException {
        try (InputStream stream = Theme.class.getResourceAsStream(sheet)) {
            return new String(Objects.requireNonNull(stream, sheet).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// WCAG 2.2 contrast ratio.
    private static double contrast(Color a, Color b) {
        double one = luminance(a) + 0.05;
        double other = luminance(b) + 0.05;
        return Math.max(one, other) / Math.min(one, other);
    }

    private static double luminance(Color colour) {
        double[] rgb = Vision.linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }
}
