package io.watchfloor.client.view.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.protocol.rest.AuditPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditExportTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final AuditExport export = new AuditExport(Runnable::run, Runnable::run);

    private static CompletableFuture<Outcome<AuditPage>> page(boolean last) {
        return CompletableFuture.completedFuture(new Outcome.Ok<>(new AuditPage(List.of(), last ? null : 7L)));
    }

    @Test
    void export_endsWhenThePageIsLeft_andIsThereAgainWhenItIsComeBackTo() {
        Path file = folder.resolve("audit.jsonl");
        export.write(_ -> {
            export.stop();
            return page(false);
        }, file, told::add);
        assertThat(told).containsExactly("The audit log was not written: the page was left.");
        assertThat(folder).isEmptyDirectory();

        export.write(_ -> page(true), file, told::add);
        assertThat(told).last().isEqualTo("The audit log is in " + file + ".");
        assertThat(file).exists();
    }
}
