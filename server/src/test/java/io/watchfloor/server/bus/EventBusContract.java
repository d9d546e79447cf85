package io.watchfloor.server.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.watchfloor.document.DashboardId;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Epoch;
import io.watchfloor.protocol.Presence;
import io.watchfloor.protocol.Samples;
import io.watchfloor.protocol.ServerMessage.NumberedSeries;
import io.watchfloor.protocol.ServerMessage.Person;
import io.watchfloor.protocol.ServerMessage.Sight;
import io.watchfloor.sample.Labels;
import io.watchfloor.sample.SeriesKey;
import io.watchfloor.server.store.Edits;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [EventBus] keeps to.
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class EventBusContract {

    protected static final Duration LONG = Duration.ofSeconds(60);

    /// Connects one more instance to the same bus; the subclass closes it.
    protected abstract EventBus connect();

    @Test
    void publish_BUS1_reachesEveryOtherInstanceButNotItself() {
        EventBus here = connected();
        List<BusMessage> own = heardBy(here);
        List<BusMessage> first = heardBy(connected());
        EventBus another = connected();
        List<BusMessage> second = heardBy(another);
        BusMessage.RightsChanged message = new BusMessage.RightsChanged();

        here.publish(message);

        await().atMost(LONG).untilAsserted(() -> assertThat(first).containsExactly(message));
        await().atMost(LONG).untilAsserted(() -> assertThat(second).containsExactly(message));
        BusMessage.Present after = new BusMessage.Present("two", new DashboardId(UUID.randomUUID()), 1, List.of());
        another.publish(after);
        await().atMost(LONG).untilAsserted(() -> assertThat(own).isNotEmpty());
        assertThat(own).as("not its own, which would have come before").containsExactly(after);
    }

    @Test
    void publish_BUS2_carriesEveryKindOfMessageUnchanged() {
        DashboardId dashboard = new DashboardId(UUID.randomUUID());
        Presence presence = new Presence(new Presence.Point(1.5, 2), List.of(new ElementId(1)), List.of(), null, null,
                null);
        List<BusMessage> messages = List.of(
                new BusMessage.Committed(dashboard, new Epoch(UUID.randomUUID()), Edits.creation(3)),
                new BusMessage.Written(
                        List.of(new NumberedSeries(7, new SeriesKey("cpu", Labels.of("core", "0")))),
                        new Samples(1_700_000_000_000L, new int[]{7, 7}, new int[]{0, 1_000},
                                new double[]{0.5, 1e300})),
                new BusMessage.RightsChanged(),
                new BusMessage.Present("one", dashboard, 7,
                        List.of(new BusMessage.Guest(new Person("session 2", "alice", 3), 40, presence),
                                new BusMessage.Guest(new Person("session 3", "bob", 4), 0, null))),
                new BusMessage.Shown(dashboard, List.of(new Sight("session 2", presence))));
        EventBus here = connected();
        List<BusMessage> heard = heardBy(connected());

        messages.forEach(here::publish);

        await().atMost(LONG).untilAsserted(() -> assertThat(heard).containsExactlyElementsOf(messages));
    }

    @Test
    void subscribe_BUS7_goesOnAfterAListenerThrew() {
        EventBus here = connected();
        EventBus there = connected();
        there.subscribe(_ -> {
            throw new IllegalStateException("a fault");
        });
        List<BusMessage> heard = heardBy(there);

        here.publish(new BusMessage.RightsChanged());
        here.publish(new BusMessage.RightsChanged());

        await().atMost(LONG).untilAsserted(() -> assertThat(heard).hasSize(2));
    }

    @Test
    void publish_BUS3_afterCloseIsIgnored() {
        EventBus here = connected();
        EventBus there = connected();
        List<BusMessage> heard = heardBy(there);
        here.close();

        here.publish(new BusMessage.RightsChanged());

        assertThat(here.isConnected()).isFalse();
        EventBus third = connected();
        third.publish(new BusMessage.Present("third", new DashboardId(UUID.randomUUID()), 1, List.of()));
        await().atMost(LONG).untilAsserted(() -> assertThat(heard).isNotEmpty());
        assertThat(heard).hasSize(1);
    }

    protected EventBus connected() {
        EventBus bus = connect();
        await().atMost(LONG).until(bus::isConnected);
        return bus;
    }

    protected static List<BusMessage> heardBy(EventBus bus) {
        List<BusMessage> heard = new CopyOnWriteArrayList<>();
        bus.subscribe(heard::add);
        return heard;
    }
}
