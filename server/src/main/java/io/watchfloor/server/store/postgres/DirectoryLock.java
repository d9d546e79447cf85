package io.watchfloor.server.store.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One process's hold on a directory. The system lets go of it when the process ends, however it ends.
///
/// Thread-safe.
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @return null where another process has it
    static @Nullable DirectoryLock take(Path directory) throws IOException {
        FileChannel channel = FileChannel.open(file(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
            if (lock == null) {
                return null;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.UTF_8)));
            return new DirectoryLock(channel);
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
    }

    /// The process that has it, as a phrase.
    static String holder(Path directory) throws IOException {
        String process = Files.readString(file(directory)).strip();
        return process.isEmpty() ? "another server" : "another server (process " + process + ")";
    }

    private static Path file(Path directory) {
        return directory.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
