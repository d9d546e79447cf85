package io.watchfloor.client.sync.outbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One of the places for an outbox file of an account, held by at most one process. The operating system frees it when
/// the process ends, however it ends. Immutable but for the lock.
final class OutboxSlot implements AutoCloseable {

    /// In the names of files that were set aside.
    static final String ASIDE = ".damaged-";

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private OutboxSlot(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /// @return null where another process, or another outbox of this one, holds it
    static @Nullable OutboxSlot take(Path file) throws IOException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new OutboxSlot(file, channel, lock);
    }

    Path file() {
        return file;
    }

    boolean used() {
        return Files.exists(file);
    }

    /// Moves the file out of the way.
    ///
    /// @param now milliseconds since 1970 UTC, for its new name
    /// @return where it is now
    Path setAside(long now) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ASIDE + now);
        return Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            // the operating system takes it back at the latest when the process ends
            System.getLogger(OutboxSlot.class.getName()).log(System.Logger.Level.DEBUG, "lock not released", e);
        }
    }
}
