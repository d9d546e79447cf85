package io.watchfloor.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.Delta;
import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Entry;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.TextEdit;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.rest.HistoryLine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {

    private static final ElementId CPU = new ElementId(1);
    private static final ElementId DISK = new ElementId(2);
    private static final ElementId NOTE = new ElementId(3);
    private static final ElementId LINE = new ElementId(11);

    private final List<Entry> entries = new ArrayList<>();
    private long now = 1_000_000;

    @Test
    void line_HIS2_tellsInWordsWhatWasDone() {
        wall();
        push("ann", 1, bounds(CPU, 4, 0, 4, 4));
        push("bob", 2, bounds(CPU, 4, 0, 8, 4));
        push("ann", 1, set(CPU, Properties.TITLE, Value.of("Load")));
        push("bob", 2, set(DISK, Properties.EXISTS, Value.of(false)));
        push("ann", 1, set(DISK, Properties.EXISTS, Value.of(true)));
        push("bob", 2, set(ElementId.DASHBOARD, Properties.TITLE, Value.of("Night shift")));
        push("ann", 1, set(ElementId.DASHBOARD, Properties.RANGE, Value.of(900)));
        push("bob", 2, set(LINE, Properties.LEGEND, Value.of("{{host}}")));
        push("ann", 1, set(LINE, Properties.EXISTS, Value.of(false)));
        push("bob", 2, set(NOTE, "future", Value.of(1)));
        push("ann", 1, new TextEdit(NOTE, Properties.TEXT, 0, Delta.insert(0, "Call Joe")));
        push("bob", 2, new TextEdit(CPU, Properties.DESCRIPTION, 0, Delta.insert(0, "All cores")));
        assertThat(texts()).containsExactly("made the dashboard", "added 'CPU'", "added 'Disk'", "added a note",
                "moved 'CPU'", "resized 'CPU'", "renamed 'CPU' to 'Load'", "removed 'Disk'", "brought back 'Disk'",
                "named the dashboard 'Night shift'", "set the time range to 15 min", "changed the lines of 'Load'",
                "removed a line from 'Load'", "changed settings of a note", "wrote in a note",
                "wrote in the description of 'Load'");
        assertThat(lines()).extracting(HistoryLine::author).endsWith("bob", "ann", "bob", "ann", "bob");
    }

    @Test
    void drag_HIS3_isOneLineAndSoIsTyping() {
        wall();
        for (int x = 1; x <= 18; x++) {
            now += 33;
            push("ann", 1, bounds(CPU, x, 0, 4, 4));
        }
        for (int i = 0; i < 30; i++) {
            now += 900;
            push("ann", 1, new TextEdit(NOTE, Properties.TEXT, 0, Delta.insert(i, "x")));
        }
        HistoryLine drag = lines().get(4);
        assertThat(drag.text()).isEqualTo("moved 'CPU'");
        assertThat(drag.revision() - drag.first()).isEqualTo(17);
        assertThat(lines()).hasSize(6).last().satisfies(line -> assertThat(line.text()).isEqualTo("wrote in a note"));
        now += Lines.PAUSE + 1;
        push("ann", 1, new TextEdit(NOTE, Properties.TEXT, 0, Delta.insert(0, "y")));
        assertThat(lines()).as("after a pause it is a line of its own").hasSize(7);
        push("ann", 9, new TextEdit(NOTE, Properties.TEXT, 0, Delta.insert(0, "y")));
        assertThat(lines()).as("and so it is from another desktop").hasSize(8);
    }

    @Test
    void line_HIS2_countsWhatIsMoreThanTwo() {
        wall();
        push("ann", 1, bounds(CPU, 1, 0, 4, 4), bounds(DISK, 6, 0, 4, 4));
        push("bob", 2, bounds(CPU, 2, 0, 4, 4), bounds(DISK, 7, 0, 4, 4), bounds(NOTE, 12, 0, 4, 4));
        push("ann", 1, set(CPU, Properties.UNIT, Value.of("percent")), set(CPU, Properties.AXIS, Value.NULL),
                bounds(DISK, 8, 0, 4, 4), set(DISK, Properties.TITLE, Value.of("Disks")));
        assertThat(texts()).endsWith("moved 'CPU' and 'Disk'", "moved 3 widgets",
                "renamed 'Disk' to 'Disks', moved 'Disks' and 2 more things");
    }

    @Test
    void line_HIS2_saysWhatANewerChangeOverrides() {
        wall();
        push("ann", 1, set(CPU, Properties.UNIT, Value.of("percent")));
        push("bob", 2, new Assignment(CPU, Properties.UNIT, Value.of("bytes"), new Stamp(1, 0, 2)));
        assertThat(texts()).endsWith("changed the unit of 'CPU'", "changed 'CPU' where a newer change stands");
    }

    @Test
    void line_HIS2_neutralisesWhatWouldTurnTheTextAround() {
        wall();
        push("ann", 1, set(CPU, Properties.TITLE, Value.of("a\u202eb\nc" + "x".repeat(100))));
        assertThat(texts().getLast()).startsWith("renamed 'CPU' to 'a b c").endsWith("x…'").hasSizeLessThan(90);
    }

    @Test
    void restore_HIS4_isOneLineHoweverManyPushesItTakes() {
        wall();
        push("ann", 8, set(ElementId.DASHBOARD, Properties.RESTORED, Value.of(2)), bounds(CPU, 9, 0, 4, 4));
        push("ann", 8, set(DISK, Properties.EXISTS, Value.of(false)));
        assertThat(texts()).hasSize(5).endsWith("restored the dashboard of revision 2");
    }

    /// A dashboard with a chart of one line, a table and a note.
    private void wall() {
        push("ann", 0, set(ElementId.DASHBOARD, Properties.TITLE, Value.of("Wall")));
        List<Operation> chart = widget(CPU, Properties.KIND_CHART, "CPU");
        chart.addAll(List.of(set(LINE, Properties.EXISTS, Value.of(true)),
                set(LINE, Properties.KIND, Value.of(Properties.KIND_SERIES)),
                set(LINE, Properties.PARENT, Value.of(CPU.toString()))));
        push("ann", 1, chart.toArray(Operation[]::new));
        push("ann", 1, widget(DISK, Properties.KIND_TABLE, "Disk").toArray(Operation[]::new));
        push("ann", 1, widget(NOTE, Properties.KIND_TEXT, "").toArray(Operation[]::new));
    }

    private List<Operation> widget(ElementId element, String kind, String title) {
        return new ArrayList<>(List.of(set(element, Properties.EXISTS, Value.of(true)),
                set(element, Properties.KIND, Value.of(kind)),
                set(element, Properties.PARENT, Value.of(ElementId.DASHBOARD.toString())),
                set(element, Properties.TITLE, Value.of(title)), bounds(element, 0, 0, 4, 4)));
    }

    private Assignment bounds(ElementId element, int x, int y, int w, int h) {
        return set(element, Properties.BOUNDS, new Bounds(x, y, w, h).toValue());
    }

    private Assignment set(ElementId element, String property, Value value) {
        return new Assignment(element, property, value, new Stamp(now, entries.size(), 1));
    }

    private void push(String author, int replica, Operation... operations) {
        entries.add(new Entry(entries.size() + 1L, replica, entries.size() + 1L, author, now, List.of(operations)));
    }

    private List<HistoryLine> lines() {
        return Lines.of(new Document(), entries);
    }

    private List<String> texts() {
        return lines().stream().map(HistoryLine::text).toList();
    }
}
