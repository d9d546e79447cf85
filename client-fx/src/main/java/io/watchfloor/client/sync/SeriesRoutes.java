package io.watchfloor.client.sync;

import io.watchfloor.client.sync.LiveFeed.SeriesFeed;
import io.watchfloor.sample.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Which feeds take the samples of which series: an open-addressing table from series number to routes, so that looking
/// one up makes no garbage. Confined to the lock of its [LiveRoom].
final class SeriesRoutes {

    private static final Route[] NOWHERE = {};

    static final SeriesRoutes NONE = new SeriesRoutes(1);

    /// One series on its way to one feed.
    static final class Route {

        private final SeriesFeed feed;
        private final int number;
        private final SeriesKey key;
        private boolean announced;

        Route(SeriesFeed feed, int number, SeriesKey key) {
            this.feed = feed;
            this.number = number;
            this.key = key;
        }

        void sample(long position, long time, double value) {
            feed.sample(this, position, time, value);
        }

        SeriesFeed feed() {
            return feed;
        }

        int number() {
            return number;
        }

        SeriesKey key() {
            return key;
        }

        /// Whether the feed's sink surely knows the series; spares a look-up for each sample.
        boolean announced() {
            return announced;
        }

        void setAnnounced() {
            announced = true;
        }
    }

    private final int[] numbers;
    private final Route[][] routes;

    private SeriesRoutes(int capacity) {
        numbers = new int[capacity];
        routes = new Route[capacity][];
        Arrays.fill(routes, NOWHERE);
    }

    static SeriesRoutes of(Map<Integer, SeriesKey> known, List<SeriesFeed> feeds) {
        SeriesRoutes table = new SeriesRoutes(Integer.highestOneBit(Math.max(known.size(), 4)) * 4);
        known.forEach((number, key) -> {
            List<Route> routes = new ArrayList<>();
            for (SeriesFeed feed : feeds) {
                if (feed.takes(number, key)) {
                    routes.add(new Route(feed, number, key));
                }
            }
            if (!routes.isEmpty()) {
                table.put(number, routes.toArray(NOWHERE));
            }
        });
        return table;
    }

    private void put(int number, Route[] to) {
        int slot = slot(number);
        numbers[slot] = number;
        routes[slot] = to;
    }

    Route[] of(int number) {
        return routes[slot(number)];
    }

    /// The slot of a number, or the empty one where it would go.
    private int slot(int number) {
        int mask = numbers.length - 1;
        int slot = ((number * 0x9E3779B9) >>> 7) & mask;
        while (routes[slot].length > 0 && numbers[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
