package io.watchfloor.server;

import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AuditRow;
import io.watchfloor.server.audit.AuditCheck;
import io.watchfloor.server.audit.Checkpoint;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.ChainedEvent;
import io.watchfloor.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Checks and exports the audit log, whether the server runs or not. Confined to its thread.
@Command(name = "audit", description = "Checks and exports the audit log; also while the server runs.", synopsisSubcommandLabel = "COMMAND")
final class AuditCommand implements Runnable {

    private static final int PAGE = 1_000;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(),
                "Missing the command: verify or export");
    }

    @Command(name = "verify", description = "Checks that the log is as it was written. Ends with 1 where it is not.", sortOptions = false)
    int verify(
            @Option(names = "--checkpoint", paramLabel = "FILE", description = "Checkpoints that were kept outside the database: audit-checkpoints.log, or a "
                    + "log of the server. Without them nobody sees what was cut off at the end.") @Nullable Path file,
            @Mixin StorageOptions storage) throws StartException {
        List<Checkpoint> checkpoints = file == null ? List.of() : read(file);
        if (file != null && checkpoints.isEmpty()) {
            throw new StartException("There is no checkpoint in %s.".formatted(file));
        }
        try (StoreAccess store = StoreAccess.open(storage)) {
            AuditCheck.Findings found = new AuditCheck(store.auditStore(), store.keys()).check(checkpoints);
            found.faults().forEach(out()::println);
            out().printf("%d events in %d chains, %d checkpoints: %s%n", found.events(), found.chains(),
                    found.checkpoints(),
                    found.faults().isEmpty() ? "all as it was written." : "NOT as it was written.");
            return found.faults().isEmpty() ? 0 : Main.CANNOT;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Checkpoint> read(Path file) throws StartException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.map(Checkpoint::read).filter(Objects::nonNull).toList();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new StartException("Cannot read %s: %s.".formatted(file, e.getMessage()), e);
        }
    }

    @Command(name = "export", description = "Prints all events as JSON, one to a line, chain after chain.")
    int export(@Mixin StorageOptions storage) throws StartException {
        try (StoreAccess store = StoreAccess.open(storage)) {
            for (ChainHead head : store.auditStore().heads()) {
                long after = 0;
                for (List<ChainedEvent> page = store.auditStore().chain(head.writer(), after, PAGE); !page
                        .isEmpty(); page = store.auditStore().chain(head.writer(), after, PAGE)) {
                    page.forEach(event -> out().println(line(event)));
                    after = page.getLast().number();
                }
            }
            return 0;
        } catch (StoreException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    /// An event with its place and its code.
    record Line(String writer, long number, AuditRow event, String key, String mac) {}

    private static String line(ChainedEvent chained) {
        var event = chained.event();
        AuditRow row = new AuditRow(chained.id(), event.at(), event.actor(), event.address(), event.action().code(),
                event.subject(), event.outcome(), event.detail(), event.times());
        return new String(
                RecordCodec.of(Encoding.JSON)
                        .encode(new Line(chained.writer(), chained.number(), row, chained.key(), chained.mac())),
                StandardCharsets.UTF_8);
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
