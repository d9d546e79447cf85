package io.watchfloor.benchmark.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.document.Document;
import io.watchfloor.document.ElementId;
import io.watchfloor.document.Properties;
import io.watchfloor.document.TextId;
import org.junit.jupiter.api.Test;

/// The benchmarks do what they say; how fast, is another matter.
class BenchmarksTest {

    @Test
    void assignments_reachTheOtherDocument() {
        AssignmentBenchmark benchmark = new AssignmentBenchmark();
        assertThat(benchmark.number().elementCount()).isEqualTo(AssignmentBenchmark.BATCH);
        Document document = benchmark.bounds();
        assertThat(document.elementCount()).isEqualTo(2 * AssignmentBenchmark.BATCH);
        assertThat(document.snapshot(0).assignments()).hasSize(2 * AssignmentBenchmark.BATCH);
    }

    /// No more than 40 bytes each in a batch, and nothing is left behind by what was replaced.
    @Test
    void assignments_areSmallAndLeaveNothingBehind() {
        AssignmentBenchmark.Size size = AssignmentBenchmark.size(true);
        assertThat(size.perAssignment()).isLessThan(40);
        assertThat(size.late()).isLessThan(size.early() + size.early() / 100);
    }

    @Test
    void texts_reachTheOtherDocument() {
        TextBenchmark benchmark = new TextBenchmark();
        for (int i = 0; i < 100; i++) {
            benchmark.type();
            benchmark.scatter();
        }
        Document document = benchmark.scatter();
        TextId id = document.texts().iterator().next();
        assertThat(id.property()).isEqualTo(Properties.TEXT);
        assertThat(id.element()).isNotEqualTo(ElementId.DASHBOARD);
        assertThat(document.text(id)).isEqualTo("x".repeat(201));
        assertThat(document).isEqualTo(benchmark.mine);
    }
}
