package io.watchfloor.client.view.dashboard;

import io.watchfloor.client.model.Widget;
import io.watchfloor.client.sync.Feed;
import io.watchfloor.client.sync.FeedState;
import io.watchfloor.client.sync.TableSink;
import io.watchfloor.client.widget.WidgetState;
import io.watchfloor.client.widget.table.ColumnChoice;
import io.watchfloor.client.widget.table.DataTable;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Table;
import java.util.List;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// A table that is replaced whole. FX thread only.
final class TableBody implements WidgetBody {

    private final WidgetSources sources;
    private final Runnable dirty;
    private final DataTable table = new DataTable();
    private ColumnChoice choice = ColumnChoice.ALL;
    private @Nullable Query query;
    private @Nullable Newest newest;
    private @Nullable Feed feed;

    TableBody(WidgetSources sources, Runnable dirty) {
        this.sources = sources;
        this.dirty = dirty;
    }

    @Override
    public Region region() {
        return table;
    }

    @Override
    public void show(Widget widget) {
        choice = new ColumnChoice(widget.shownColumns());
        Query wanted = widget.query();
        if (wanted == null) {
            close();
        } else if (!wanted.equals(query)) {
            close();
            Newest sink = new Newest(choice);
            newest = sink;
            feed = sources.live().table(wanted, sink);
        } else if (newest != null) {
            newest.choose(choice);
        }
        query = wanted;
        dirty.run();
    }

    @Override
    public void range(long millis) {
        // a table is of now
    }

    @Override
    public void redraw() {
        table.redraw();
    }

    @Override
    public WidgetState state(long now) {
        return Reading.together(newest == null ? List.of() : List.of(newest.reading()), "Choose a table to show.", now);
    }

    @Override
    public List<String> columns() {
        return newest == null ? List.of() : newest.columns();
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        feed = null;
        newest = null;
    }

    /// Takes tables on the transport's thread. Thread-safe.
    private final class Newest implements TableSink {

        private final Intervals intervals = new Intervals();
        private volatile long time = Reading.NONE;
        private volatile FeedState state = FeedState.WAITING;
        private ColumnChoice chosen;
        private @Nullable Table whole;

        Newest(ColumnChoice chosen) {
            this.chosen = chosen;
        }

        @Override
        public void table(Table next) {
            intervals.add(next.time());
            time = next.time();
            synchronized (this) {
                whole = next;
                table.replace(chosen.of(next));
            }
            dirty.run();
        }

        synchronized void choose(ColumnChoice now) {
            if (!now.equals(chosen)) {
                chosen = now;
                if (whole != null) {
                    table.replace(now.of(whole));
                }
            }
        }

        synchronized List<String> columns() {
            return whole == null ? List.of() : whole.columns().stream().map(Table.Column::name).toList();
        }

        @Override
        public void state(FeedState newState) {
            state = newState;
            dirty.run();
        }

        Reading reading() {
            return new Reading(state, time != Reading.NONE, time, intervals.usual());
        }
    }
}
