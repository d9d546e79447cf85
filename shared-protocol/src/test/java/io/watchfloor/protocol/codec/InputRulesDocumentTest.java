package io.watchfloor.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Bounds;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Limits;
import io.watchfloor.document.Properties;
import io.watchfloor.document.PropertyTypes;
import io.watchfloor.document.Value;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What PROTOCOL.md says may come in is what the code takes, at its very limits: the properties, what goes together, and
/// the limits of a dashboard.
class InputRulesDocumentTest {

    private static final Pattern TEXT = Pattern.compile("text of (?:(\\d+) to|at most) (\\d+) characters");
    private static final Pattern RANGE = Pattern.compile("whole number of seconds, (\\d+) to ([\\d,]+)");
    private static final Pattern FIELDS = Pattern.compile("^`\\{([^}]*)}`");
    private static final List<Value> ODD = List.of(Value.of("true"), Value.of(-1), Value.of(true),
            new Value.Items(List.of()));

    private static String section(String from, String to) throws IOException {
        String text = Files.readString(Path.of("../docs/PROTOCOL.md"));
        int begin = text.indexOf("\n" + from + "\n");
        return text.substring(begin, text.indexOf("\n" + to, begin + 1));
    }

    /// Rows of a table by their first cell, with the last one.
    private static Map<String, String> rows(String section) {
        Map<String, String> rows = new LinkedHashMap<>();
        section.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| what |")).forEach(line -> {
            String[] cells = line.substring(2, line.length() - 2).split(" \\| ", -1);
            rows.put(cells[0].replace("`", ""), cells[cells.length - 1]);
        });
        return rows;
    }

    /// ASVS 2.1.1: every register is written down with what it may hold, and nothing else is.
    @Test
    void properties_COD9_holdWhatIsWrittenOfThem() throws Exception {
        String section = section("### Properties", "### Long text");
        Map<String, String> rows = rows(section);
        rows.remove("property");
        List<String> registers = new ArrayList<>();
        for (Field field : Properties.class.getFields()) {
            String name = String.valueOf(field.get(null));
            if (!field.getName().startsWith("KIND_") && PropertyTypes.isRegister(name)) {
                registers.add(name);
            } else if (!field.getName().startsWith("KIND_") && PropertyTypes.isLongText(name)) {
                assertThat(section).containsPattern("The names [^.]*`" + name + "`[^.]* are long texts");
                assertThat(takes(name, Value.of("x"))).as(name).isFalse();
            }
        }
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(registers);
        rows.forEach(InputRulesDocumentTest::holds);
    }

    private static boolean takes(String property, Value value) {
        return PropertyTypes.problemOf(property, value) == null;
    }

    private static void holds(String name, String rule) {
        boolean ofText = false;
        Matcher text = TEXT.matcher(rule);
        Matcher range = RANGE.matcher(rule);
        Matcher fields = FIELDS.matcher(rule);
        if (text.find() && !fields.find()) {
            ofText = true;
            int least = text.group(1) == null ? 0 : Integer.parseInt(text.group(1));
            int most = Integer.parseInt(text.group(2));
            assertThat(takes(name, Value.of("x".repeat(most)))).as(name).isTrue();
            assertThat(takes(name, Value.of("x".repeat(most + 1)))).as(name).isFalse();
            assertThat(takes(name, Value.of(""))).as(name + ", empty").isEqualTo(least == 0);
        } else if (range.find()) {
            long most = Long.parseLong(range.group(2).replace(",", ""));
            assertThat(takes(name, Value.of(Long.parseLong(range.group(1))))).as(name).isTrue();
            assertThat(takes(name, Value.of(Long.parseLong(range.group(1)) - 1))).as(name).isFalse();
            assertThat(takes(name, Value.of(most))).as(name).isTrue();
            assertThat(takes(name, Value.of(most + 1))).as(name).isFalse();
        } else if (rule.startsWith("whole number, 0 or more")) {
            assertThat(takes(name, Value.of(0)) && takes(name, Value.of(1L << 40))).as(name).isTrue();
        } else if (rule.startsWith("fractional index")) {
            ofText = true;
            assertThat(takes(name, Value.of("V"))).as(name).isTrue();
            assertThat(takes(name, Value.of("V".repeat(FractionalIndex.MAX_LENGTH + 1)))).as(name).isFalse();
            assertThat(takes(name, Value.of("V0"))).as(name).isFalse();
        } else if (rule.equals("`true` or `false`")) {
            assertThat(takes(name, Value.of(true)) && takes(name, Value.of(false))).as(name).isTrue();
        } else if (rule.startsWith("id of an element")) {
            assertThat(takes(name, Value.of("AAAAAAAAAAA"))).as(name).isTrue();
            assertThat(takes(name, Value.of("AAAAAAAAAA"))).as(name).isFalse();
        } else {
            assertThat(rule).as(name + " says what it holds").startsWith("`{");
            ofFields(name, rule);
        }
        assertThat(takes(name, Value.NULL)).as(name + ", null").isEqualTo(rule.contains("or null")
                || rule.contains("or: null") || rule.contains("; or null"));
        for (Value odd : ODD) {
            boolean own = odd instanceof Value.Str ? ofText : odd instanceof Value.Bool && rule.startsWith("`true`");
            assertThat(takes(name, odd)).as(name + ", " + odd).isEqualTo(own);
        }
    }

    private static void ofFields(String name, String rule) {
        Matcher fields = FIELDS.matcher(rule);
        assertThat(fields.find()).as(name).isTrue();
        List<String> names = Arrays.stream(fields.group(1).replace("\"", "").split(",")).toList();
        boolean texts = rule.contains("all three texts");
        TreeMap<String, Value> all = new TreeMap<>();
        names.forEach(each -> all.put(each, texts ? Value.of("x") : Value.of(1)));
        assertThat(takes(name, new Value.Fields(all))).as(name).isTrue();
        TreeMap<String, Value> more = new TreeMap<>(all);
        more.put("other", Value.of(1));
        assertThat(takes(name, new Value.Fields(more))).as(name + " with another field").isFalse();
        TreeMap<String, Value> less = new TreeMap<>(all);
        less.remove(names.getFirst());
        assertThat(takes(name, new Value.Fields(less))).as(name + " with one less").isEqualTo(!rule.contains("all "));
    }

    /// ASVS 2.1.2: kinds and their parents, the grid, and what an index may be.
    @Test
    void whatGoesTogether_COD9_isWrittenDownAsItIs() throws Exception {
        Map<String, String> kinds = rows(section("### Elements", "### Properties"));
        kinds.remove("kind");
        List<String> known = new ArrayList<>();
        for (Field field : Properties.class.getFields()) {
            if (field.getName().startsWith("KIND_")) {
                known.add(String.valueOf(field.get(null)));
            }
        }
        assertThat(kinds.keySet()).containsExactlyInAnyOrderElementsOf(known);
        String grid = section("### Properties", "### Long text");
        assertThat(grid).contains("The grid** has " + Bounds.COLUMNS + " columns", "`x + w` is at most "
                + Bounds.COLUMNS + ", `y + h` at most 1000", "1 to " + FractionalIndex.MAX_LENGTH + " of them");
        assertThat(takes(Properties.BOUNDS, bounds(0, 0, Bounds.COLUMNS, 1_000))).isTrue();
        assertThat(takes(Properties.BOUNDS, bounds(1, 0, Bounds.COLUMNS, 1_000))).isFalse();
        assertThat(takes(Properties.BOUNDS, bounds(0, 1, Bounds.COLUMNS, 1_000))).isFalse();
        assertThat(takes(Properties.BOUNDS, bounds(0, 0, 0, 1))).isFalse();
    }

    private static Value bounds(int x, int y, int w, int h) {
        return new Value.Fields(
                new TreeMap<>(Map.of("x", Value.of(x), "y", Value.of(y), "w", Value.of(w), "h", Value.of(h))));
    }

    /// ASVS 2.1.3.
    @Test
    void limits_COD9_areThoseOfTheCode() throws Exception {
        Map<String, String> rows = rows(section("## 14 Limits", "## 15 Evolution"));
        Map.ofEntries(Map.entry("rooms of a session", Limits.ROOMS_PER_SESSION),
                Map.entry("pushes in flight, per dashboard and replica", Limits.PUSHES_IN_FLIGHT),
                Map.entry("operations of a push", Limits.OPERATIONS_PER_PUSH),
                Map.entry("elements of a dashboard, deleted ones included", Limits.ELEMENTS),
                Map.entry("properties of an element", Limits.PROPERTIES_PER_ELEMENT),
                Map.entry("property name", Limits.PROPERTY_NAME_LENGTH),
                Map.entry("value: depth", Limits.VALUE_DEPTH),
                Map.entry("long texts of a dashboard together", Limits.TEXTS_LENGTH),
                Map.entry("long text", Limits.TEXT_LENGTH),
                Map.entry("delta that is pushed", Limits.DELTA_COMPONENTS),
                Map.entry("elements that a view shows as selected, or as dragged", Limits.PRESENCE_ELEMENTS),
                Map.entry("points of a line in history", Limits.HISTORY_POINTS))
                .forEach((what, limit) -> assertThat(rows.get(what)).as(what)
                        .matches(Pattern.quote(String.format(Locale.ROOT, "%,d", limit)) + "\\b.*"));
        assertThat(rows.get("one message from a client, in one frame or several"))
                .startsWith((Limits.MESSAGE_BYTES >> 20) + " MiB");
        assertThat(rows.get("value: size")).startsWith((Limits.VALUE_BYTES >> 10) + " KiB");
        assertThat(rows.get("one frame from a server")).contains((Limits.SERVER_MESSAGE_BYTES >> 20) + " MiB");
    }
}
