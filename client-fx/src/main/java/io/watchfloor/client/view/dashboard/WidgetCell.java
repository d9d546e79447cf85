package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Widget;
import io.watchfloor.client.widget.PaintedRegion;
import io.watchfloor.client.widget.Redrawable;
import io.watchfloor.client.widget.WidgetFrame;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.sample.SeriesKey;
import java.util.Collection;
import java.util.List;
import javafx.util.Subscription;

/// One widget on the grid: the model's record, its frame and what is in it. FX thread only.
final class WidgetCell implements Redrawable {

    private final WidgetSources sources;
    private final WidgetBody body;
    private final WidgetFrame frame;
    private final Subscription pulse;
    private Widget widget;

    WidgetCell(Widget widget, WidgetSources sources, long range) {
        this.sources = sources;
        this.widget = widget;
        Runnable dirty = () -> sources.pulse().mark(this);
        body = switch (widget.kind()) {
            case Properties.KIND_CHART -> new ChartBody(sources, range, dirty);
            case Properties.KIND_METRIC -> new MetricBody(sources, range, dirty);
            case Properties.KIND_TABLE -> new TableBody(sources, dirty);
            case Properties.KIND_TEXT -> new TextBody(widget, sources, dirty);
            default -> new UnknownBody();
        };
        frame = new WidgetFrame(body.region());
        frame.setId("widget-" + widget.id());
        frame.setTitle(widget.title());
        body.show(widget);
        pulse = sources.pulse().register(this);
    }

    /// Begins what a widget of its kind is for once it is made.
    void begin() {
        redraw(); // what was never drawn is hidden, and takes no focus
        body.begin();
    }

    ElementId id() {
        return widget.id();
    }

    Widget widget() {
        return widget;
    }

    WidgetFrame frame() {
        return frame;
    }

    void show(Widget next) {
        Widget inPlace = new Widget(next.id(), next.kind(), next.title(), widget.bounds(), widget.z(), next.query(),
                next.unit(), next.legend(), next.thresholds(), next.axis(), next.series(), next.columns());
        boolean onlyMoved = inPlace.equals(widget);
        widget = next;
        if (!onlyMoved) {
            frame.setTitle(next.title());
            body.show(next);
        }
    }

    void range(long millis) {
        body.range(millis);
        sources.pulse().mark(this);
    }

    /// Why it does not show fresh data now, as in `is stale`; empty where it does.
    String unready() {
        return switch (state()) {
            case WidgetState.Fresh() -> "";
            case WidgetState.Waiting() -> "has no data yet";
            case WidgetState.Empty(String advice) -> "is empty: " + advice;
            case WidgetState.Stale(long _) -> "is stale";
            case WidgetState.Failed(String message) -> "failed: " + message;
        };
    }

    /// How its data stands at this moment, in sight or not.
    WidgetState state() {
        return body.state(sources.now().getAsLong());
    }

    Collection<SeriesKey> series() {
        return body.series();
    }

    /// Names of the columns that its data have, where it shows a table.
    List<String> columns() {
        return body.columns();
    }

    @Override
    public void redraw() {
        long now = sources.now().getAsLong();
        WidgetState state = body.state(now);
        if (state.equals(frame.state())) {
            frame.tick(now);
        } else {
            frame.setState(state, now);
        }
        body.redraw();
    }

    @Override
    public boolean isInSight() {
        return PaintedRegion.isInSight(frame);
    }

    void dispose() {
        pulse.unsubscribe();
        body.close();
    }
}
