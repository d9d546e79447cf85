package io.watchfloor.server.room;

import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage;
import io.watchfloor.protocol.ServerMessage.LiveTable;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.sample.Query;
import io.watchfloor.sample.Table;
import io.watchfloor.server.store.NumberedSample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The live data of a room. New samples go into an open batch; in a quiet room it is closed at once, else some
/// milliseconds after the last one, and becomes one tick for all sessions. Confined to its room's executor, but for the
/// inflow, which only hands over.
final class RoomTicks implements LiveQueries.Wants {

    /// Milliseconds between ticks under load.
    private static final long PAUSE = 20;
    /// Samples of one tick; more go into the next.
    private static final int TICK_SAMPLES = 20_000;

    private final int room;
    private final RoomContext context;
    private final Set<Member> members;
    private final TickRing ring = new TickRing();
    private final Set<Integer> described = new HashSet<>();
    private final List<NumberedSample> batch = new ArrayList<>();
    private final Map<Query, Table> tables = new LinkedHashMap<>();
    private long position;
    private long lastFlush;
    private boolean scheduled;

    RoomTicks(int room, RoomContext context, Set<Member> members) {
        this.room = room;
        this.context = context;
        this.members = members;
    }

    TickRing ring() {
        return ring;
    }

    void watch(Set<Query> queries) {
        context.queries().want(this, queries);
    }

    @Override
    public void samples(List<NumberedSample> samples) {
        context.executor().execute(() -> {
            batch.addAll(samples);
            flushWhenDue();
        });
    }

    @Override
    public void table(Query query, Table table) {
        context.executor().execute(() -> {
            tables.put(query, table);
            flushWhenDue();
        });
    }

    private void flushWhenDue() {
        long now = context.clock().getAsLong();
        if (now - lastFlush >= PAUSE || now < lastFlush) {
            flush(now);
        } else if (!scheduled) {
            scheduled = true;
            context.delay().after(PAUSE - (now - lastFlush), () -> context.executor().execute(() -> {
                scheduled = false;
                flush(context.clock().getAsLong());
            }));
        }
    }

    private void flush(long now) {
        lastFlush = now;
        int from = 0;
        while (from < batch.size() || !tables.isEmpty()) {
            List<NumberedSample> samples = batch.subList(from, end(from));
            from += samples.size();
            List<LiveTable> replaced = tables.entrySet().stream()
                    .map(table -> new LiveTable(table.getKey(), table.getValue())).toList();
            tables.clear();
            position++;
            ring.add(position,
                    new Frame(new ServerMessage.Tick(room, position, fresh(samples), columns(samples), replaced)));
            context.figures().ticks.increment();
        }
        batch.clear();
        members.forEach(Member::ticked);
    }

    /// Where the tick that begins here ends: it is full, or a time is too far from its first one for an offset.
    private int end(int from) {
        int end = from;
        while (end < batch.size() && end - from < TICK_SAMPLES
                && fits(batch.get(end).time() - batch.get(from).time())) {
            end++;
        }
        return end;
    }

    private static boolean fits(long offset) {
        return offset == (int) offset;
    }

    private List<NumberedSeries> fresh(List<NumberedSample> samples) {
        List<NumberedSeries> fresh = new ArrayList<>();
        for (NumberedSample sample : samples) {
            if (described.add(sample.number())) {
                fresh.add(new NumberedSeries(sample.number(), sample.key()));
            }
        }
        return fresh;
    }

    private static Samples columns(List<NumberedSample> samples) {
        if (samples.isEmpty()) {
            return Samples.NONE;
        }
        long base = samples.getFirst().time();
        int[] series = new int[samples.size()];
        int[] offsets = new int[samples.size()];
        double[] values = new double[samples.size()];
        for (int i = 0; i < series.length; i++) {
            NumberedSample sample = samples.get(i);
            series[i] = sample.number();
            offsets[i] = Math.toIntExact(sample.time() - base);
            values[i] = sample.value();
        }
        return new Samples(base, series, offsets, values);
    }
}
