package io.watchfloor.client.widget;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.FxThread;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class WidgetFrameTest {

    private static final long NOW = 1_795_000_000_000L;

    @Test
    void state_looksDifferentFromEveryOther() throws Exception {
        FxThread.run(() -> {
            WidgetFrame frame = frame();
            frame.setState(WidgetState.FRESH, NOW);
            assertThat(look(frame)).isEqualTo("body 1.0");
            frame.setState(WidgetState.WAITING, NOW);
            assertThat(look(frame)).isEqualTo("Waiting for data");
            frame.setState(new WidgetState.Empty("Choose a series to show."), NOW);
            assertThat(look(frame)).isEqualTo("Choose a series to show.");
            frame.setState(new WidgetState.Stale(NOW - 190_000), NOW);
            assertThat(look(frame)).isEqualTo("body 0.45, 3\u202fmin");
            frame.setState(new WidgetState.Failed("No such series. Choose another one."), NOW);
            assertThat(look(frame)).isEqualTo("body 0.45, No such series. Choose another one.");
        });
    }

    @Test
    void title_TXT26_hidesAndTurnsNothing() throws Exception {
        FxThread.run(() -> {
            WidgetFrame frame = frame();
            frame.setTitle("Core\u202e\u200b\nrouter");
            assertThat(frame.title()).isEqualTo("Core\uFFFD\uFFFD router");
        });
    }

    @Test
    void age_growsWithTime() throws Exception {
        FxThread.run(() -> {
            WidgetFrame frame = frame();
            frame.setState(new WidgetState.Stale(NOW - 5_000), NOW);
            frame.tick(NOW + 3_000);
            assertThat(look(frame)).isEqualTo("body 0.45, 8\u202fs");
        });
    }

    @Test
    void menuAndCorner_hideUntilTheyAreWanted() throws Exception {
        FxThread.run(() -> {
            WidgetFrame frame = frame();
            frame.menuItems().add(new MenuItem("Remove"));
            assertThat(frame.lookup(".wf-widget-menu").getOpacity()).isZero();
            assertThat(frame.resizeHandle().isVisible()).isFalse();
        });
    }

    @Test
    void body_reachesTheEdges() throws Exception {
        FxThread.run(() -> {
            WidgetFrame frame = frame();
            frame.setState(WidgetState.FRESH, NOW);
            Shown.settle(frame);
            assertThat(frame.contentBounds().getWidth()).isEqualTo(298);
            assertThat(frame.contentBounds().getMaxY()).isEqualTo(199);
        });
    }

    private static WidgetFrame frame() {
        WidgetFrame frame = new WidgetFrame(new Region());
        frame.setTitle("CPU");
        return Shown.in(frame, 300, 200);
    }

    private static String look(WidgetFrame frame) {
        Shown.settle(frame);
        String body = frame.body().isVisible() ? "body " + frame.lookup(".wf-widget-content").getOpacity() : "";
        return List.of(".wf-widget-freshness", ".wf-widget-message", ".wf-widget-empty").stream().map(frame::lookup)
                .filter(Node::isVisible).map(node -> ((Label) node).getText())
                .collect(Collectors.joining(", ", body + (body.isEmpty() ? "" : ", "), ""))
                .replaceAll(", $", "");
    }
}
