package io.watchfloor.client.view.administration;

import io.watchfloor.client.sync.rest.Outcome;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.protocol.rest.AuditPage;
import io.watchfloor.protocol.rest.AuditRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the audit log into a file, one event as JSON to a line, without ever holding more of it than a page. The file
/// is there only once it is whole. Thread-safe.
public final class AuditExport {

    static final int PAGE = 1_000;
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.JSON);

    private final Executor work;
    private final Executor owner;
    /// Set, it ends what is being written.
    private volatile AtomicBoolean ended = new AtomicBoolean();

    /// @param work where it may block
    /// @param owner where what came of it is told
    public AuditExport(Executor work, Executor owner) {
        this.work = work;
        this.owner = owner;
    }

    /// Where the pages come from.
    @FunctionalInterface
    interface Source {

        /// @param before where the page before this one ended; absent for the first
        CompletableFuture<Outcome<AuditPage>> page(@Nullable Long before);
    }

    /// @param told what came of it, as a sentence
    void write(Source source, Path file, Consumer<String> told) {
        AtomicBoolean end = new AtomicBoolean();
        ended = end;
        var _ = CompletableFuture.supplyAsync(() -> write(source, file, end), work)
                .exceptionally(failure -> "The audit log could not be written to " + file + ": "
                        + sentence(failure) + ". No file was left.")
                .thenAcceptAsync(told, owner);
    }

    private static @Nullable String sentence(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private String write(Source source, Path file, AtomicBoolean end) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            String problem;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
                problem = write(source, out, end);
            }
            if (problem.isEmpty()) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                return "The audit log is in " + file + ".";
            }
            return "The audit log was not written: " + problem;
        } catch (IOException e) {
            throw new CompletionException(e);
        } finally {
            delete(part);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.getLogger(AuditExport.class.getName()).log(System.Logger.Level.WARNING,
                    "A part of the audit log was left in " + part, e);
        }
    }

    /// @return why it is not whole; empty where it is
    private static String write(Source source, OutputStream out, AtomicBoolean end) throws IOException {
        Long before = null;
        do {
            if (end.get()) {
                return "the page was left.";
            }
            switch (source.page(before).join()) {
                case Outcome.Ok<AuditPage>(AuditPage page) -> {
                    for (AuditRow event : page.events()) {
                        out.write(CODEC.encode(event));
                        out.write('\n');
                    }
                    before = page.next();
                }
                case Outcome.Refused<AuditPage> refused -> {
                    return refused.sentence();
                }
                case Outcome.Unreachable<AuditPage> unreachable -> {
                    return unreachable.sentence();
                }
            }
        } while (before != null);
        return "";
    }

    /// Ends what is being written; something else may be written later.
    void stop() {
        ended.set(true);
    }
}
