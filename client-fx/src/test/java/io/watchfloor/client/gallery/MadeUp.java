package io.watchfloor.client.gallery;

import io.watchfloor.client.widget.chart.ChartLine;
import io.watchfloor.client.widget.chart.SampleRing;
import io.watchfloor.sample.Table;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Data that looks like a machine at work, the same at every run.
final class MadeUp {

    /// What a shift leaves to the next one.
    static final String NOTE = """
            # Handover 14:00

            All quiet **but for `db-1`**: its log disk fills every night around *02:00*.

            ## To do
            1. Watch the disk, clean `/var/log` when it is *amber*
            2. Ask the network people about the [second uplink](https://example.org/uplink)
            3. Restart the exporter:

            ```
            systemctl restart node-exporter
            ```

            - Mira is on call until 22:00
            - Jonas after that
              - his number is on the board

            > Do not restart the router before Friday.
            """;

    /// What two people are typing.
    static final String TYPED = """
            14:02 disk full on db-1, cleaning /var/log
            14:10 replica lag is back to 0

            Next: raise the threshold, tell the day shift""";

    /// What somebody writes to mislead others.
    static final String HOSTILE = """
            A \u202etxet desrever\u202c, a \u0007 bell.

            <script>alert(1)</script> and ![a picture](http://x/y.png)

            [go](javascript:alert(1)) [away](https://example.org)
            """;

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    static final long NOW = LocalDateTime.of(2026, 11, 20, 10, 23, 41).atZone(ZONE).toInstant().toEpochMilli();
    static final long RANGE = 15 * 60_000L;

    private MadeUp() {}

    /// A wandering value between two bounds with bursts, one sample a second.
    static SampleRing wander(long seed, double low, double high, double roughness) {
        SplittableRandom random = new SplittableRandom(seed);
        SampleRing ring = new SampleRing(4_000);
        double middle = (low + high) / 2;
        double value = middle;
        double burst = 0;
        for (long time = NOW - RANGE - 60_000; time <= NOW; time += 1_000) {
            value += (random.nextDouble() - 0.5) * (high - low) * roughness + (middle - value) * 0.02;
            burst = random.nextInt(140) == 0 ? (high - low) * 0.35 * random.nextDouble() : burst * 0.9;
            double quiet = NOW - time < 20_000 ? 0 : burst; // the newest values are ordinary ones
            ring.put(time, Math.clamp(value + quiet, low, high));
        }
        return ring;
    }

    static SampleRing gapped(long seed, double low, double high) {
        SampleRing ring = wander(seed, low, high, 0.1);
        SampleRing cut = new SampleRing(4_000);
        var window = new io.watchfloor.client.widget.chart.SampleWindow();
        ring.copy(Long.MIN_VALUE, Long.MAX_VALUE, window);
        for (int i = 0; i < window.size(); i++) {
            long ago = NOW - window.time(i);
            if (ago < 240_000 || ago > 360_000) {
                cut.put(window.time(i), ago > 520_000 && ago < 540_000 ? Double.NaN : window.value(i));
            }
        }
        return cut;
    }

    static List<ChartLine> cores(int count) {
        List<ChartLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(new ChartLine("core " + i, wander(11 + i, 2, 30 + 14.0 * (i % 4), 0.08), i));
        }
        return lines;
    }

    static Table processes(int rows) {
        String[] names = {"java", "postgres", "chrome", "redis-server", "dockerd", "node", "systemd-journald", "nginx",
                "telegraf", "sshd", "containerd", "Xorg", "gnome-shell", "pulseaudio", "cron"};
        SplittableRandom random = new SplittableRandom(5);
        List<Table.Row> made = new ArrayList<>();
        double cpu = 64;
        for (int i = 0; i < rows; i++) {
            made.add(new Table.Row(List.of(Table.Cell.of(names[i % names.length]), Table.Cell.of(1_200 + 37.0 * i),
                    Table.Cell.of(cpu), Table.Cell.of(random.nextDouble() * 3e9 / (i + 1)),
                    Table.Cell.of(random.nextInt(200_000)))));
            cpu *= 0.72;
        }
        return new Table(NOW, List.of(new Table.Column("Process", Table.Kind.TEXT),
                new Table.Column("PID", Table.Kind.NUMBER), new Table.Column("CPU", Table.Kind.PERCENT),
                new Table.Column("Memory", Table.Kind.BYTES), new Table.Column("Running", Table.Kind.SECONDS)), made);
    }
}
