package io.watchfloor.client.widget.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.Axis;
import io.watchfloor.client.widget.Shown;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.text.Text;
import org.junit.jupiter.api.Test;

class ChartCanvasTest {

    private static final long NOW = 1_795_000_000_000L;
    private final AtomicLong clock = new AtomicLong(NOW);

    @Test
    void newSample_isDrawnAtTheNextRedraw() throws Exception {
        FxThread.run(() -> {
            SampleRing ring = new SampleRing(1_000);
            ChartCanvas chart = chart(List.of(new ChartLine("a", ring, 0)));
            int empty = Shown.painted(chart);
            for (int i = 0; i < 800; i++) {
                ring.put(NOW - 800_000 + i * 1_000L, 50 + 30 * Math.sin(i / 20.0));
            }
            chart.redraw();
            assertThat(Shown.painted(chart)).isGreaterThan(empty + 1_000);
        });
    }

    @Test
    void gap_isDrawnAsAGap() throws Exception {
        FxThread.run(() -> {
            SampleRing whole = new SampleRing(1_000);
            SampleRing gapped = new SampleRing(1_000);
            for (int i = 0; i < 900; i++) {
                long time = NOW - 900_000 + i * 1_000L;
                whole.put(time, 50);
                if (i < 300 || i > 600) {
                    gapped.put(time, 50);
                }
            }
            int full = Shown.painted(chart(List.of(new ChartLine("a", whole, 0))));
            assertThat(Shown.painted(chart(List.of(new ChartLine("a", gapped, 0))))).isLessThan(full);
        });
    }

    @Test
    void legend_namesLinesAndCountsThoseThatDoNotFit() throws Exception {
        FxThread.run(() -> {
            ChartCanvas chart = chart(
                    IntStream.range(0, 40).mapToObj(i -> new ChartLine("core " + i, ring(i), i)).toList());
            Shown.settle(chart);
            long shown = chart.lookupAll(".wf-legend-item").stream().filter(javafx.scene.Node::isVisible).count();
            assertThat(shown).isBetween(3L, 39L);
            assertThat(chart.lookupAll(".wf-legend-name")).extracting(node -> ((Label) node).getText())
                    .contains("core 0", "+" + (40 - shown));
        });
    }

    @Test
    void legend_neverClipsAValue_neitherOneThatStaysNorOneThatGrows() throws Exception {
        FxThread.run(() -> {
            SampleRing growing = ring(7);
            ChartCanvas chart = chart(
                    List.of(new ChartLine("steady", ring(4), 0), new ChartLine("growing", growing, 1)));
            for (double value : new double[]{7, 73.5, 100, 3}) {
                growing.put(clock.addAndGet(1_000), value);
                chart.redraw();
                Shown.settle(chart);
                chart.redraw();
                Shown.settle(chart);
                assertThat(chart.lookupAll(".wf-legend-value")).hasSize(2).allSatisfy(node -> {
                    Label label = (Label) node;
                    assertThat(label.getText()).isNotEmpty();
                    assertThat(label.getWidth()).as(label.getText())
                            .isGreaterThanOrEqualTo(((Text) label.lookup(".text")).prefWidth(-1));
                });
            }
        });
    }

    @Test
    void arrowKeys_moveTheCrosshairAndEscapeHidesIt() throws Exception {
        FxThread.run(() -> {
            ChartCanvas chart = chart(List.of(new ChartLine("a", ring(42), 0)));
            press(chart, KeyCode.LEFT);
            assertThat(chart.lookup(".wf-readout").isVisible()).isTrue();
            assertThat(chart.lookupAll(".wf-readout-value")).extracting(node -> ((Label) node).getText())
                    .containsExactly("42\u202f%");
            press(chart, KeyCode.ESCAPE);
            assertThat(chart.lookup(".wf-readout").isVisible()).isFalse();
        });
    }

    @Test
    void description_saysWhatIsShown() throws Exception {
        FxThread.run(() -> {
            ChartCanvas chart = chart(List.of(new ChartLine("core 0", ring(42), 0)));
            assertThat(chart.description()).isEqualTo("Line chart of the last 15\u202fmin: core 0 42.0\u202f%");
        });
    }

    @Test
    void chart_ofNoSizeOrNoLinesDrawsNothingAndDoesNotFail() throws Exception {
        FxThread.run(() -> {
            ChartCanvas chart = Shown.in(new ChartCanvas(clock::get, ZoneOffset.UTC), 3, 3);
            chart.redraw();
            Shown.in(new ChartCanvas(clock::get, ZoneOffset.UTC), 300, 200).redraw();
        });
    }

    private ChartCanvas chart(List<ChartLine> lines) {
        ChartCanvas chart = new ChartCanvas(clock::get, ZoneOffset.UTC);
        chart.setLines(lines);
        chart.setUnit(Unit.PERCENT);
        chart.setAxis(new Axis(0.0, 100.0));
        return Shown.in(chart, 500, 300);
    }

    private static SampleRing ring(double value) {
        SampleRing ring = new SampleRing(1_000);
        for (int i = 0; i <= 900; i++) {
            ring.put(NOW - 900_000 + i * 1_000L, value);
        }
        return ring;
    }

    private static void press(ChartCanvas chart, KeyCode code) {
        Event.fireEvent(chart, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }
}
