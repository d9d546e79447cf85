package io.watchfloor.server.host;

import io.watchfloor.document.Assignment;
import io.watchfloor.document.Bounds;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.FractionalIndex;
import io.watchfloor.document.Operation;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Stamp;
import io.watchfloor.document.Value;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.host.Sampling.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Draws the first dashboard: the machine the server runs on, and the server, on one screen. What this machine does not
/// tell is not drawn, so that no widget waits for ever. Confined to one thread.
final class ThisMachine {

    static final String TITLE = "This machine";

    private static final long RANGE_SECONDS = 120;
    private static final String HOST = "host";

    private record Line(Selector selector, String legend) {}

    /// What the machine tells.
    ///
    /// @param series those of the host that are sampled
    /// @param processes whether it lists them
    record Told(Collection<SeriesKey> series, boolean processes) {}

    private final Identity identity;
    private final Told told;
    private final long wall;
    private final RandomGenerator random;
    private final List<Operation> operations = new ArrayList<>();
    private @Nullable String lastZ;

    private ThisMachine(Identity identity, Told told, long wall, RandomGenerator random) {
        this.identity = identity;
        this.told = told;
        this.wall = wall;
        this.random = random;
    }

    /// The assignments that make the dashboard, stamped by replica 0.
    ///
    /// @param identity labels in its queries
    /// @param now milliseconds since 1970 UTC
    static List<Operation> draw(Identity identity, Told told, long now, RandomGenerator random) {
        ThisMachine drawing = new ThisMachine(identity, told, now, random);
        drawing.draw();
        return List.copyOf(drawing.operations);
    }

    /// Ends where a window of 1600 by 1000 still has room for one widget more, so that there is a place to drag one to.
    private void draw() {
        assign(ElementId.DASHBOARD, Properties.TITLE, Value.of(TITLE));
        assign(ElementId.DASHBOARD, Properties.RANGE, Value.of(RANGE_SECONDS));

        metric("Processor", new Bounds(0, 0, 4, 4), ofHost("cpu_usage_percent", "core", "total"), "percent", 80, 95);
        metric("Memory", new Bounds(4, 0, 4, 4), ofHost("memory_used_percent"), "percent", 85, 95);
        metric("Disk", new Bounds(8, 0, 4, 4), ofHost("disk_used_percent", "mount", mount()), "percent", 85, 95);
        metric("Load, 1 minute", new Bounds(12, 0, 4, 4), ofHost("load_average", "minutes", "1"), "none");
        metric("Sessions", new Bounds(16, 0, 4, 4), ofServer("server_sessions"), "none");
        metric("Edits", new Bounds(20, 0, 4, 4), ofServer("server_edits_per_second"), "count/s");

        chart("Processor", new Bounds(0, 4, 12, 7), "percent", 0.0, 100.0,
                new Line(ofHost("cpu_usage_percent", "core", "total"), "total"),
                new Line(ofHost("cpu_mode_percent", "mode", "user"), "{{mode}}"),
                new Line(ofHost("cpu_mode_percent", "mode", "system"), "{{mode}}"),
                new Line(ofHost("cpu_mode_percent", "mode", "iowait"), "waiting for disk"));
        chart("Memory", new Bounds(12, 4, 6, 7), "bytes", 0.0, null,
                new Line(ofHost("memory_used_bytes"), "used"), new Line(ofHost("memory_total_bytes"), "total"));
        chart("Load", new Bounds(18, 4, 6, 7), "none", 0.0, null,
                new Line(ofHost("load_average"), "{{minutes}} min"));
        chart("Network", new Bounds(0, 11, 6, 6), "bytes/s", 0.0, null,
                new Line(ofHost("net_received_bytes_per_second", "interface", "total"), "received"),
                new Line(ofHost("net_sent_bytes_per_second", "interface", "total"), "sent"));
        chart("Disk", new Bounds(6, 11, 6, 6), "bytes/s", 0.0, null,
                new Line(ofHost("disk_read_bytes_per_second", "disk", "total"), "read"),
                new Line(ofHost("disk_written_bytes_per_second", "disk", "total"), "written"));
        if (told.processes()) {
            table("Busiest processes", new Bounds(12, 11, 12, 6), HostTable.PROCESSES);
        }
    }

    private void metric(String title, Bounds bounds, Selector selector, String unit) {
        metric(title, bounds, selector, unit, Value.NULL);
    }

    private void metric(String title, Bounds bounds, Selector selector, String unit, double warn, double alarm) {
        metric(title, bounds, selector, unit, fields(Map.of("warn", Value.of(warn), "alarm", Value.of(alarm))));
    }

    private void metric(String title, Bounds bounds, Selector selector, String unit, Value thresholds) {
        if (!isTold(selector)) {
            return;
        }
        ElementId widget = widget(Properties.KIND_METRIC, title, bounds);
        assign(widget, Properties.QUERY, query(Query.promql(selector.toString())));
        assign(widget, Properties.UNIT, Value.of(unit));
        assign(widget, Properties.THRESHOLDS, thresholds);
    }

    private void chart(String title, Bounds bounds, String unit, @Nullable Double min, @Nullable Double max,
            Line... lines) {
        List<Line> drawn = Arrays.stream(lines).filter(line -> isTold(line.selector())).toList();
        if (drawn.isEmpty()) {
            return;
        }
        ElementId chart = widget(Properties.KIND_CHART, title, bounds);
        assign(chart, Properties.UNIT, Value.of(unit));
        assign(chart, Properties.AXIS, fields(Map.of("min", number(min), "max", number(max))));
        String order = null;
        for (Line line : drawn) {
            ElementId series = element(Properties.KIND_SERIES, chart);
            order = FractionalIndex.between(order, null);
            assign(series, Properties.ORDER, Value.of(order));
            assign(series, Properties.QUERY, query(Query.promql(line.selector().toString())));
            assign(series, Properties.LEGEND, Value.of(line.legend()));
        }
    }

    private void table(String title, Bounds bounds, HostTable table) {
        ElementId widget = widget(Properties.KIND_TABLE, title, bounds);
        assign(widget, Properties.QUERY, query(Query.hostTable(table.text())));
    }

    private ElementId widget(String kind, String title, Bounds bounds) {
        ElementId widget = element(kind, ElementId.DASHBOARD);
        lastZ = FractionalIndex.between(lastZ, null);
        assign(widget, Properties.TITLE, Value.of(title));
        assign(widget, Properties.BOUNDS, bounds.toValue());
        assign(widget, Properties.Z, Value.of(lastZ));
        return widget;
    }

    private ElementId element(String kind, ElementId parent) {
        long bits = random.nextLong();
        ElementId element = new ElementId(bits == 0 ? 1 : bits);
        assign(element, Properties.EXISTS, Value.of(true));
        assign(element, Properties.KIND, Value.of(kind));
        assign(element, Properties.PARENT, Value.of(parent.toString()));
        return element;
    }

    private void assign(ElementId element, String property, Value value) {
        operations.add(new Assignment(element, property, value, new Stamp(wall, operations.size(), 0)));
    }

    private boolean isTold(Selector selector) {
        return !selector.matchers().pairs().containsKey(HOST) || told.series().stream().anyMatch(selector::matches);
    }

    /// The file system that matters most: the root, or else the first there is.
    private String mount() {
        List<String> mounts = told.series().stream().filter(key -> key.name().equals("disk_used_percent"))
                .map(key -> key.labels().get("mount")).toList();
        return mounts.isEmpty() || mounts.contains("/") ? "/" : mounts.getFirst();
    }

    private Selector ofHost(String name, String... labels) {
        return selector(name, HOST, identity.host(), labels);
    }

    private Selector ofServer(String name) {
        return selector(name, "instance", identity.instance());
    }

    private static Selector selector(String name, String label, String value, String... labels) {
        Map<String, String> matchers = new TreeMap<>(Labels.of(labels).pairs());
        matchers.put(label, value);
        return new Selector(name, Labels.of(matchers));
    }

    private static Value query(Query query) {
        return fields(Map.of("source", Value.of(query.source()), "language", Value.of(query.language()), "text",
                Value.of(query.text())));
    }

    private static Value number(@Nullable Double value) {
        return value == null ? Value.NULL : Value.of(value);
    }

    private static Value fields(Map<String, Value> fields) {
        return new Value.Fields(new TreeMap<>(fields));
    }
}
