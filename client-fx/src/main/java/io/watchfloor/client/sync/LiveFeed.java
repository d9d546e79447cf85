package io.watchfloor.client.sync;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.sample.Line;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Selector;
import io.watchfloor.sample.SelectorException;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One widget's registration for a live query. Its state is guarded by the lock of its [LiveRoom].
abstract sealed class LiveFeed implements Feed {

    private final LiveRoom room;
    private final Query query;
    private volatile FeedState state = FeedState.WAITING;
    private volatile boolean closed;

    LiveFeed(LiveRoom room, Query query) {
        this.room = room;
        this.query = query;
    }

    Query query() {
        return query;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public FeedState state() {
        return state;
    }

    @Override
    public void close() {
        closed = true;
        room.remove(this);
    }

    void become(FeedState next) {
        if (!next.equals(state) || next.equals(FeedState.WAITING)) {
            state = next;
            tell(next);
        }
    }

    void failed(String reason) {
        become(new FeedState.Failed(reason));
    }

    LiveRoom room() {
        return room;
    }

    abstract void tell(FeedState next);

    /// History was asked for: what comes before the answer is not for the sink.
    abstract void asked();

    abstract ClientMessage.Watch question(int roomNumber, int watch, long now);

    /// Series of one query. They are followed from the position of the last history.
    static final class SeriesFeed extends LiveFeed {

        private static final long NOT_FOLLOWING = Long.MAX_VALUE;

        private final SampleSink sink;
        private final @Nullable Selector selector;
        private final Set<Integer> announced = new HashSet<>();
        private long millis;
        private int points;
        private long followsAfter = NOT_FOLLOWING;
        private boolean inBatch;

        SeriesFeed(LiveRoom room, Query query, SampleSink sink, long millis, int points) {
            super(room, query);
            this.sink = sink;
            this.millis = millis;
            this.points = points;
            this.selector = selector(query);
        }

        /// Null where the query is not one that can be judged here; then the server says what is wrong with it.
        private static @Nullable Selector selector(Query query) {
            if (!query.source().equals(Query.BUILTIN) || !query.language().equals(Query.PROMQL)) {
                return null;
            }
            try {
                return Selector.parse(query.text());
            } catch (SelectorException e) {
                return null;
            }
        }

        boolean takes(int number, SeriesKey key) {
            return announced.contains(number) || (selector != null && selector.matches(key));
        }

        @Override
        public void range(long newMillis, int newPoints) {
            synchronized (room()) {
                millis = newMillis;
                points = newPoints;
                room().ask(this);
            }
        }

        @Override
        void asked() {
            followsAfter = NOT_FOLLOWING;
        }

        @Override
        ClientMessage.Watch question(int roomNumber, int watch, long now) {
            return new ClientMessage.Watch(roomNumber, watch, query(), Math.max(0, now - millis), points);
        }

        void history(List<Line> lines, long position) {
            announced.clear();
            lines.forEach(line -> announced.add(line.number()));
            followsAfter = position;
            sink.history(lines);
            become(FeedState.LIVE);
        }

        void sample(SeriesRoutes.Route route, long position, long time, double value) {
            if (position <= followsAfter) {
                return;
            }
            if (!route.announced()) {
                route.setAnnounced();
                if (announced.add(route.number())) {
                    sink.newLine(route.number(), route.key());
                }
            }
            inBatch = true;
            sink.sample(route.number(), time, value);
        }

        void batchEnd() {
            if (inBatch) {
                inBatch = false;
                sink.batchEnd();
            }
        }

        @Override
        void tell(FeedState next) {
            sink.state(next);
        }
    }

    /// A table of one query. The latest wins, whichever way it came.
    static final class TableFeed extends LiveFeed {

        private final TableSink sink;
        private long newest = Long.MIN_VALUE;

        TableFeed(LiveRoom room, Query query, TableSink sink) {
            super(room, query);
            this.sink = sink;
        }

        @Override
        public void range(long millis, int points) {
            // a table has no past
        }

        @Override
        void asked() {
            newest = Long.MIN_VALUE;
        }

        @Override
        ClientMessage.Watch question(int roomNumber, int watch, long now) {
            return new ClientMessage.Watch(roomNumber, watch, query(), 0, 1);
        }

        void table(Table table) {
            if (table.time() >= newest) {
                newest = table.time();
                sink.table(table);
                become(FeedState.LIVE);
            }
        }

        @Override
        void tell(FeedState next) {
            sink.state(next);
        }
    }
}
