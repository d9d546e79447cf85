package io.watchfloor.client.sync.outbox;

import io.watchfloor.client.sync.outbox.OutboxFile.DamagedException;
import io.watchfloor.document.DashboardId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The outbox files of an account in a directory, numbered, because a second process of the same account needs another
/// one. Stateless.
final class OutboxFiles {

    private static final System.Logger LOG = System.getLogger(OutboxFiles.class.getName());
    private static final int SLOTS = 16;

    /// A file that this process holds.
    ///
    /// @param problem what a person should know of it; null for nothing
    record Opened(OutboxSlot slot, OutboxFile file, Map<DashboardId, Held> held, @Nullable String problem) {

        void release() {
            file.abandon();
            slot.close();
        }
    }

    private OutboxFiles() {}

    /// Opens a free file, one that holds edits before an empty one; null where none is free.
    static @Nullable Opened choose(Path directory, String name, long now) throws IOException {
        Opened chosen = null;
        for (int number = 0; number < SLOTS; number++) {
            OutboxSlot slot = OutboxSlot.take(directory.resolve(name + "-" + number + ".mv"));
            if (slot == null) {
                continue;
            }
            if (chosen != null && !slot.used()) {
                slot.close();
                continue;
            }
            Opened candidate = open(slot, now);
            if (chosen == null || (chosen.held().isEmpty() && !candidate.held().isEmpty())) {
                if (chosen != null) {
                    chosen.release();
                }
                chosen = candidate;
            } else {
                candidate.release();
            }
        }
        return chosen;
    }

    private static Opened open(OutboxSlot slot, long now) throws IOException {
        String problem = null;
        for (int attempt = 0;; attempt++) {
            OutboxFile file = null;
            try {
                file = OutboxFile.open(slot.file());
                return new Opened(slot, file, Map.copyOf(file.load()), problem);
            } catch (DamagedException e) {
                LOG.log(System.Logger.Level.WARNING, "outbox file " + slot.file(), e);
                if (file != null) {
                    file.abandon();
                }
                if (attempt > 0) {
                    slot.close();
                    throw new IOException(e.getMessage(), e);
                }
                Path aside = slot.setAside(now);
                problem = "The file with edits that were not sent yet is damaged; it was set aside as " + aside
                        + ". Edits that had been sent are on the server; check your latest ones.";
            }
        }
    }

    static String name(String server, String account) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(server.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(account.getBytes(StandardCharsets.UTF_8));
            return "outbox-" + HexFormat.of().toHexDigits(ByteBuffer.wrap(hash).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Deletes the files of the account that no process has taken and that hold no edits.
    static void deleteEmptyOthers(OutboxSlot own) {
        takeOthers(own, slot -> {
            if (unsent(slot.file()) == 0) {
                delete(slot.file(), new ArrayList<>());
            }
        });
    }

    /// Deletes all files of the account that no process has taken, those that were set aside too.
    ///
    /// @param left gets the files that cannot be deleted
    /// @return how many edits were in them
    static int discardOthers(OutboxSlot own, List<Path> left) {
        AtomicInteger unsent = new AtomicInteger();
        takeOthers(own, slot -> {
            unsent.addAndGet(Math.max(0, unsent(slot.file())));
            delete(slot.file(), left);
        });
        Path directory = own.file().toAbsolutePath().getParent();
        try (DirectoryStream<Path> aside = Files.newDirectoryStream(directory,
                common(own) + "-*" + OutboxSlot.ASIDE + "*")) {
            aside.forEach(file -> delete(file, left));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "outbox files that were set aside in " + directory, e);
        }
        return unsent.get();
    }

    private static String common(OutboxSlot slot) {
        String name = slot.file().getFileName().toString();
        return name.substring(0, name.lastIndexOf('-'));
    }

    private static void takeOthers(OutboxSlot own, Consumer<OutboxSlot> taken) {
        for (int number = 0; number < SLOTS; number++) {
            Path file = own.file().resolveSibling(common(own) + "-" + number + ".mv");
            if (Files.exists(file) && !file.equals(own.file())) {
                try (OutboxSlot slot = OutboxSlot.take(file)) {
                    if (slot != null) {
                        taken.accept(slot);
                    }
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.WARNING, "outbox file " + file, e);
                }
            }
        }
    }

    /// Edits in a file; -1 where it cannot be read: it is set aside when it is opened.
    private static int unsent(Path path) {
        try {
            OutboxFile file = OutboxFile.open(path);
            try {
                return file.load().values().stream().mapToInt(Held::size).sum();
            } finally {
                file.abandon();
            }
        } catch (DamagedException e) {
            return -1;
        }
    }

    /// @param left gets the file where it cannot be deleted
    static void delete(Path file, List<Path> left) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "outbox file " + file + " cannot be deleted", e);
            left.add(file);
        }
    }
}
