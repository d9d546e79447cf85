package io.watchfloor.client.sync;

import io.watchfloor.client.sync.LiveFeed.SeriesFeed;
import io.watchfloor.client.sync.LiveFeed.TableFeed;
import io.watchfloor.document.Assignment;
import io.watchfloor.document.Properties;
import io.watchfloor.document.Value;
import io.watchfloor.protocol.ErrorCode;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.LiveTable;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.protocol.ServerMessage.Tick;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Series;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.sample.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Routes the live data of one room to the feeds of its widgets, on the thread that brings it.
///
/// Ticks that come while some feed waits for its history are kept, so that the history is followed by exactly those
/// after it. A break in their positions, or [ServerMessage.Lagged], makes every series feed ask for history anew.
///
/// Thread-safe: one lock, held while sinks are called, so that a sink's calls come one after the other.
final class LiveRoom implements LiveData {

    /// More kept ticks than any history should take; then it is asked for anew.
    private static final int KEPT_TICKS = 10_000;
    private static final long RETRY_MILLIS = 5_000;
    /// Questions of one room that are under way at once; the server answers 64 of a session.
    private static final int QUESTIONS = 16;

    private final ServerClock serverClock;
    private final Surroundings surroundings;
    private final List<SeriesFeed> seriesFeeds = new ArrayList<>();
    private final List<TableFeed> tableFeeds = new ArrayList<>();
    private final IntSupplier watchNumbers;
    /// Questions that are under way, and those that wait until some of these are answered.
    private final Map<Integer, LiveFeed> byWatch = new HashMap<>();
    private final Map<Integer, SeriesKey> known = new HashMap<>();
    private final ArrayDeque<LiveFeed> toAsk = new ArrayDeque<>();
    private final ArrayDeque<Tick> kept = new ArrayDeque<>();
    private SeriesRoutes routes = SeriesRoutes.NONE;
    private @Nullable Uplink uplink;
    private int room;
    /// Of the last tick; 0 before the first one of a connection.
    private long position;
    private boolean closed;

    /// @param watchNumbers gives each question a number that no other of the connection has
    LiveRoom(ServerClock serverClock, Surroundings surroundings, IntSupplier watchNumbers) {
        this.serverClock = serverClock;
        this.surroundings = surroundings;
        this.watchNumbers = watchNumbers;
    }

    @Override
    public synchronized Feed series(Query query, long millis, int points, SampleSink sink) {
        SeriesFeed feed = new SeriesFeed(this, query, sink, millis, points);
        seriesFeeds.add(feed);
        begin(feed);
        return feed;
    }

    @Override
    public synchronized Feed table(Query query, TableSink sink) {
        TableFeed feed = new TableFeed(this, query, sink);
        tableFeeds.add(feed);
        begin(feed);
        return feed;
    }

    private void begin(LiveFeed feed) {
        if (uplink == null || closed) {
            feed.become(FeedState.DISCONNECTED);
        } else {
            feed.become(FeedState.WAITING);
            ask(feed);
        }
    }

    /// Asks for the history of a feed; an answer to an earlier question is not waited for any more.
    synchronized void ask(LiveFeed feed) {
        forgetQuestion(feed);
        if (uplink != null && !feed.closed()) {
            feed.asked();
            toAsk.add(feed);
            askNext();
        }
    }

    private void forgetQuestion(LiveFeed feed) {
        byWatch.values().remove(feed);
        toAsk.remove(feed);
    }

    private void askNext() {
        while (uplink != null && byWatch.size() < QUESTIONS && !toAsk.isEmpty()) {
            LiveFeed feed = toAsk.removeFirst();
            int watch = watchNumbers.getAsInt();
            byWatch.put(watch, feed);
            uplink.send(feed.question(room, watch, serverClock.now()));
        }
    }

    synchronized void remove(LiveFeed feed) {
        forgetQuestion(feed);
        askNext();
        seriesFeeds.remove(feed);
        tableFeeds.remove(feed);
        reroute();
        dropKeptIfNobodyWaits();
    }

    /// The room is joined. On a connection where it was before, ticks simply go on.
    synchronized void joined(Uplink over, int roomNumber) {
        if (closed || (over.equals(uplink) && roomNumber == room)) {
            return;
        }
        uplink = over;
        room = roomNumber;
        position = 0;
        kept.clear();
        for (LiveFeed feed : feeds()) {
            feed.become(FeedState.WAITING);
            ask(feed);
        }
    }

    /// The connection is lost. Does nothing where another one has taken its place.
    synchronized void disconnected(Uplink lost) {
        if (lost.equals(uplink)) {
            uplink = null;
            byWatch.clear();
            toAsk.clear();
            kept.clear();
            feeds().forEach(feed -> feed.become(FeedState.DISCONNECTED));
        }
    }

    synchronized void close() {
        closed = true;
        uplink = null;
        byWatch.clear();
        toAsk.clear();
        kept.clear();
        seriesFeeds.clear();
        tableFeeds.clear();
        reroute();
    }

    private List<LiveFeed> feeds() {
        List<LiveFeed> feeds = new ArrayList<>(seriesFeeds);
        feeds.addAll(tableFeeds);
        return feeds;
    }

    synchronized void received(Uplink from, Tick tick) {
        if (!from.equals(uplink) || (position > 0 && tick.position() <= position)) {
            return;
        }
        boolean gap = position > 0 && tick.position() > position + 1;
        position = tick.position();
        learn(tick);
        if (gap) {
            askAllAnew();
        }
        if (waiting()) {
            kept.add(tick);
            if (kept.size() > KEPT_TICKS) {
                kept.removeFirst();
            }
        }
        route(tick);
        for (LiveTable live : tick.tables()) {
            for (TableFeed feed : List.copyOf(tableFeeds)) {
                if (feed.query().equals(live.query())) {
                    feed.table(live.table());
                }
            }
        }
    }

    private void learn(Tick tick) {
        if (!tick.series().isEmpty()) {
            for (NumberedSeries series : tick.series()) {
                known.put(series.number(), series.key());
            }
            reroute();
        }
    }

    private void route(Tick tick) {
        Samples samples = tick.samples();
        for (int i = 0; i < samples.size(); i++) {
            for (SeriesRoutes.Route route : routes.of(samples.series()[i])) {
                route.sample(tick.position(), samples.time(i), samples.values()[i]);
            }
        }
        for (SeriesFeed feed : seriesFeeds) {
            feed.batchEnd();
        }
    }

    synchronized void received(Uplink from, ServerMessage.History history) {
        LiveFeed asked = from.equals(uplink) ? byWatch.remove(history.watch()) : null;
        askNext();
        switch (asked) {
            case null -> {}
            case SeriesFeed feed -> {
                switch (history.result()) {
                    case Series series -> follow(feed, series, history.position());
                    case Table _ -> feed.failed("The query gives a table, not series.");
                }
            }
            case TableFeed feed -> {
                switch (history.result()) {
                    case Table table -> feed.table(table);
                    case Series _ -> feed.failed("The query gives series, not a table.");
                }
            }
        }
        dropKeptIfNobodyWaits();
    }

    private void follow(SeriesFeed feed, Series series, long from) {
        boolean missed = !kept.isEmpty() && kept.getFirst().position() > from + 1;
        if (missed) {
            ask(feed);
            return;
        }
        series.lines().forEach(line -> known.put(line.number(), line.key()));
        feed.history(series.lines(), from);
        reroute();
        for (Tick tick : kept) {
            if (tick.position() > from) {
                Samples samples = tick.samples();
                for (int i = 0; i < samples.size(); i++) {
                    for (SeriesRoutes.Route route : routes.of(samples.series()[i])) {
                        if (route.feed() == feed) {
                            route.sample(tick.position(), samples.time(i), samples.values()[i]);
                        }
                    }
                }
            }
        }
        feed.batchEnd();
    }

    synchronized void received(Uplink from, ServerMessage.Lagged lagged) {
        if (from.equals(uplink)) {
            position = Math.max(position, lagged.to());
            askAllAnew();
        }
    }

    /// A question was refused.
    synchronized void failed(Uplink from, int watch, ErrorCode code, String text) {
        LiveFeed feed = from.equals(uplink) ? byWatch.remove(watch) : null;
        if (feed == null) {
            return;
        }
        askNext();
        if (code != ErrorCode.LIMIT) {
            feed.failed(text);
        }
        dropKeptIfNobodyWaits();
        if (code == ErrorCode.UNAVAILABLE || code == ErrorCode.LIMIT) {
            surroundings.owner().execute(() -> surroundings.timer().after(RETRY_MILLIS, () -> ask(feed)));
        }
    }

    /// Edits of one's own are in the log. The server follows a query only from then on, so history is asked for anew.
    synchronized void queriesCommitted(List<Assignment> assignments) {
        for (Assignment assignment : assignments) {
            if (assignment.property().equals(Properties.QUERY) && assignment.value() instanceof Value.Fields fields) {
                for (LiveFeed feed : feeds()) {
                    if (isQuery(fields, feed.query())) {
                        ask(feed);
                    }
                }
            }
        }
    }

    private static boolean isQuery(Value.Fields fields, Query query) {
        return Value.of(query.source()).equals(fields.values().get("source"))
                && Value.of(query.language()).equals(fields.values().get("language"))
                && Value.of(query.text()).equals(fields.values().get("text"));
    }

    private void askAllAnew() {
        kept.clear();
        seriesFeeds.stream().filter(feed -> !(feed.state() instanceof FeedState.Failed)).forEach(this::ask);
    }

    private boolean waiting() {
        return Stream.concat(byWatch.values().stream(), toAsk.stream()).anyMatch(SeriesFeed.class::isInstance);
    }

    private void dropKeptIfNobodyWaits() {
        if (!waiting()) {
            kept.clear();
        }
    }

    private void reroute() {
        routes = SeriesRoutes.of(known, seriesFeeds);
    }
}
