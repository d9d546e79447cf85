package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Feed;
import io.watchfloor.client.view.dashboard.QueryLines.Followed;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.client.widget.metric.MetricView;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// One great figure: the newest value of the first line of its query. FX thread only.
final class MetricBody implements WidgetBody {

    private static final int POINTS = 500;

    private final WidgetSources sources;
    private final Runnable dirty;
    private final MetricView metric;
    private @Nullable Query query;
    private @Nullable QueryLines lines;
    private @Nullable Feed feed;
    private long range;
    private int drawnVersion = -1;

    MetricBody(WidgetSources sources, long range, Runnable dirty) {
        this.sources = sources;
        this.range = range;
        this.dirty = dirty;
        metric = new MetricView(sources.now());
        metric.setRange(range);
    }

    @Override
    public Region region() {
        return metric;
    }

    @Override
    public void show(Widget widget) {
        metric.setUnit(Unit.of(widget.unit()));
        metric.setThresholds(widget.thresholds());
        Query wanted = widget.query();
        if (wanted == null) {
            close();
        } else if (!wanted.equals(query)) {
            close();
            QueryLines followed = new QueryLines(dirty);
            lines = followed;
            feed = sources.live().series(wanted, range, POINTS, followed);
        }
        query = wanted;
        dirty.run();
    }

    @Override
    public void range(long millis) {
        range = millis;
        metric.setRange(millis);
        if (feed != null) {
            feed.range(millis, POINTS);
        }
    }

    @Override
    public void redraw() {
        if (lines != null && lines.version() != drawnVersion) {
            drawnVersion = lines.version();
            metric.setRing(lines.lines().values().stream()
                    .min(Comparator.comparing(line -> line.key().toString(), LineNames.NATURAL)).map(Followed::ring)
                    .orElse(null));
        }
        metric.redraw();
    }

    @Override
    public WidgetState state(long now) {
        return Reading.together(lines == null ? List.of() : List.of(lines.reading()), "Choose a series to show.", now);
    }

    @Override
    public Collection<SeriesKey> series() {
        return lines == null ? List.of() : lines.lines().values().stream().map(Followed::key).toList();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        feed = null;
        lines = null;
        drawnVersion = -1;
        metric.setRing(null);
    }
}
