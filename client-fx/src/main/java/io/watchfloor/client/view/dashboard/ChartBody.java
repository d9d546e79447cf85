package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.format.Unit;
import io.watchfloor.client.model.SeriesEntry;
import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Feed;
import io.watchfloor.client.view.dashboard.QueryLines.Followed;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.client.widget.chart.ChartCanvas;
import io.watchfloor.client.widget.chart.ChartLine;
import io.watchfloor.document.ElementId;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.layout.Region;

/// A chart: each of its series entries is a query with any number of lines. FX thread only.
final class ChartBody implements WidgetBody {

    private static final int LEAST_POINTS = 2_000;

    private record Entry(Query query, QueryLines lines, Feed feed) {}

    private final WidgetSources sources;
    private final Runnable dirty;
    private final ChartCanvas chart;
    private final Map<ElementId, Entry> entries = new LinkedHashMap<>();
    private List<SeriesEntry> series = List.of();
    private long range;
    private int drawnVersion = -1;

    ChartBody(WidgetSources sources, long range, Runnable dirty) {
        this.sources = sources;
        this.range = range;
        this.dirty = dirty;
        chart = new ChartCanvas(sources.now(), sources.zone());
        chart.setRange(range);
    }

    @Override
    public Region region() {
        return chart;
    }

    @Override
    public void show(Widget widget) {
        chart.setUnit(Unit.of(widget.unit()));
        chart.setAxis(widget.axis());
        chart.setThresholds(widget.thresholds());
        Map<ElementId, Entry> before = new LinkedHashMap<>(entries);
        entries.clear();
        for (SeriesEntry entry : widget.series()) {
            Entry known = before.get(entry.id());
            Query query = entry.query();
            if (known != null && known.query.equals(query)) {
                before.remove(entry.id());
                entries.put(entry.id(), known);
            } else if (query != null) {
                QueryLines lines = new QueryLines(dirty);
                entries.put(entry.id(),
                        new Entry(query, lines, sources.live().series(query, range, points(), lines)));
            }
        }
        before.values().forEach(entry -> entry.feed.close());
        series = widget.series();
        drawnVersion = -1;
        dirty.run();
    }

    @Override
    public void range(long millis) {
        range = millis;
        chart.setRange(millis);
        entries.values().forEach(entry -> entry.feed.range(millis, points()));
    }

    @Override
    public void redraw() {
        int version = entries.values().stream().mapToInt(entry -> entry.lines.version()).sum();
        if (version != drawnVersion) {
            drawnVersion = version;
            chart.setLines(lines());
        }
        chart.redraw();
    }

    @Override
    public WidgetState state(long now) {
        return Reading.together(entries.values().stream().map(entry -> entry.lines.reading()).toList(),
                "Choose a series to show.", now);
    }

    @Override
    public Collection<SeriesKey> series() {
        return entries.values().stream().flatMap(entry -> entry.lines.lines().values().stream()).map(Followed::key)
                .toList();
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> entry.feed.close());
        entries.clear();
    }

    private int points() {
        return Math.max(LEAST_POINTS, chart.points());
    }

    private List<ChartLine> lines() {
        List<String> names = new ArrayList<>();
        List<Followed> followed = new ArrayList<>();
        for (SeriesEntry entry : series) {
            Entry known = entries.get(entry.id());
            if (known == null) {
                continue;
            }
            Collection<Followed> all = known.lines.lines().values();
            List<SeriesKey> keys = all.stream().map(Followed::key).toList();
            all.stream().sorted(Comparator.comparing(line -> line.key().toString(), LineNames.NATURAL))
                    .forEach(line -> {
                        names.add(LineNames.name(entry.legend(), line.key(), keys));
                        followed.add(line);
                    });
        }
        List<String> distinct = LineNames.distinct(names);
        List<ChartLine> lines = new ArrayList<>();
        for (int i = 0; i < followed.size(); i++) {
            lines.add(new ChartLine(distinct.get(i), followed.get(i).ring(), i));
        }
        return lines;
    }
}
