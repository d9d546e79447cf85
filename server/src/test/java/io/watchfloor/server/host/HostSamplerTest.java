package io.watchfloor.server.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.sample.Sample;
import io.watchfloor.server.host.Reading.Core;
import io.watchfloor.server.host.Reading.Disk;
import io.watchfloor.server.host.Reading.Interface;
import io.watchfloor.server.host.Reading.Memory;
import io.watchfloor.server.host.Reading.Mount;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostSamplerTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void sampler_SAM13_writesRatesOfCountersFromTheSecondReadingOn() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, "web1");
        machine.reading = reading(0, 100, 1_000);
        assertThat(sample(sampler)).doesNotContainKeys("cpu_usage_percent{core=\"0\", host=\"web1\"}",
                "net_received_bytes_per_second{host=\"web1\", interface=\"eth0\"}")
                .containsEntry("memory_used_percent{host=\"web1\"}", 25.0);
        machine.reading = reading(2 * SECOND, 160, 5_000);
        Map<String, Double> samples = sample(sampler);
        assertThat(samples).containsEntry("cpu_usage_percent{core=\"0\", host=\"web1\"}", 60.0)
                .containsEntry("cpu_usage_percent{core=\"total\", host=\"web1\"}", 30.0)
                .containsEntry("cpu_mode_percent{host=\"web1\", mode=\"user\"}", 30.0)
                .containsEntry("net_received_bytes_per_second{host=\"web1\", interface=\"eth0\"}", 2_000.0)
                .containsEntry("net_received_bytes_per_second{host=\"web1\", interface=\"docker0\"}", 2_000.0)
                .containsEntry("net_received_bytes_per_second{host=\"web1\", interface=\"total\"}", 2_000.0)
                .containsEntry("disk_written_bytes_per_second{disk=\"sda\", host=\"web1\"}", 2_000.0)
                .containsEntry("disk_used_percent{host=\"web1\", mount=\"/\"}", 40.0)
                .containsEntry("load_average{host=\"web1\", minutes=\"1\"}", 0.5)
                .containsEntry("process_count{host=\"web1\"}", 90.0)
                .containsEntry("uptime_seconds{host=\"web1\"}", 7.0);
    }

    @Test
    void sampler_SAM13_leavesOutWhatCannotBeHad() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, "h");
        machine.reading = nothing(0);
        assertThat(sample(sampler)).isEmpty();
        machine.reading = nothing(SECOND);
        assertThat(sample(sampler)).isEmpty();
    }

    @Test
    void sampler_SAM13_leavesOutACounterThatIsNewOrWasSetBack() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, "h");
        machine.reading = reading(0, 0, 5_000);
        sample(sampler);
        machine.reading = reading(SECOND, 10, 100);
        assertThat(sample(sampler)).doesNotContainKey("disk_read_bytes_per_second{disk=\"sda\", host=\"h\"}")
                .doesNotContainKey("disk_read_bytes_per_second{disk=\"total\", host=\"h\"}");
    }

    @Test
    void sampler_SAM13_givesNoRatesAcrossAPause() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, "h");
        machine.reading = reading(0, 0, 0);
        sample(sampler);
        sampler.pause();
        machine.reading = reading(500 * SECOND, 10, 100);
        assertThat(sample(sampler)).doesNotContainKey("cpu_usage_percent{core=\"0\", host=\"h\"}");
    }

    @Test
    void sampler_SAM13_givesNoRatesOfReadingsThatAreTooClose() {
        FakeMachine machine = new FakeMachine();
        HostSampler sampler = new HostSampler(machine, "h");
        machine.reading = reading(0, 0, 0);
        sample(sampler);
        machine.reading = reading(SECOND / 100, 1, 1_000);
        assertThat(sample(sampler)).doesNotContainKey("disk_read_bytes_per_second{disk=\"sda\", host=\"h\"}");
        machine.reading = reading(SECOND, 1, 1_000);
        assertThat(sample(sampler)).containsEntry("disk_read_bytes_per_second{disk=\"sda\", host=\"h\"}", 1_000.0);
    }

    @Test
    void server_SAM13_samplesItself() {
        long[] counts = {0};
        ServerSampler sampler = new ServerSampler(new SelfFigures() {
            @Override
            public int sessions() {
                return 3;
            }

            @Override
            public int rooms() {
                return 2;
            }

            @Override
            public long edits() {
                return counts[0];
            }

            @Override
            public long frames() {
                return 10 * counts[0];
            }
        }, "one");
        Map<String, Double> first = byName(sampler.sample(1, 0));
        assertThat(first).containsEntry("server_sessions{instance=\"one\"}", 3.0)
                .containsEntry("server_rooms{instance=\"one\"}", 2.0)
                .containsKey("server_heap_used_bytes{instance=\"one\"}")
                .doesNotContainKey("server_edits_per_second{instance=\"one\"}");
        counts[0] = 8;
        assertThat(byName(sampler.sample(2, 2 * SECOND)))
                .containsEntry("server_edits_per_second{instance=\"one\"}", 4.0)
                .containsEntry("server_frames_per_second{instance=\"one\"}", 40.0)
                .containsKeys("server_gc_percent{instance=\"one\"}", "server_cpu_percent{instance=\"one\"}");
    }

    @Test
    void machine_SAM13_givesTheFiguresOfTheMachineTheTestRunsOn() {
        OshiMachine machine = new OshiMachine();
        HostSampler sampler = new HostSampler(machine, "here");
        sampler.sample(0);
        Reading reading = machine.read();
        assertThat(reading.cores()).as("those that this process may use, and others where it may not use all")
                .hasSizeGreaterThanOrEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(reading.memory()).isNotNull();
        assertThat(machine.processes()).anySatisfy(process -> {
            assertThat((long) process.id()).isEqualTo(ProcessHandle.current().pid());
            assertThat(process.memory()).isPositive();
            assertThat(process.details().user()).isEqualTo(System.getProperty("user.name"));
        });
    }

    static Reading reading(long nanos, long busy, long bytes) {
        long idle = 40 + nanos / SECOND * 20;
        return new Reading(nanos, List.of(new Core(busy, 0, 0, 0, idle), new Core(0, 0, 0, 0, 1_000 + busy + idle)),
                List.of(OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.of(2)), new Memory(1, 4), null,
                List.of(new Disk("sda", bytes, bytes)), List.of(new Mount("/", "ext4", 4, 10)),
                List.of(new Interface("eth0", bytes, bytes, true, true),
                        new Interface("docker0", bytes, bytes, false, null)),
                OptionalLong.of(90), OptionalLong.of(7));
    }

    static Reading nothing(long nanos) {
        return new Reading(nanos, List.of(), List.of(), null, null, List.of(), List.of(), List.of(),
                OptionalLong.empty(), OptionalLong.empty());
    }

    private static Map<String, Double> sample(HostSampler sampler) {
        return byName(sampler.sample(1));
    }

    private static Map<String, Double> byName(List<Sample> samples) {
        return samples.stream().collect(Collectors.toMap(sample -> sample.series().toString(), Sample::value));
    }
}
