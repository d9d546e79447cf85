package io.watchfloor.client.view.factor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Recovery codes as a page to be kept. Immutable.
///
/// @param account whose they are
/// @param server where they are good, as people write it
public record CodeSheet(String account, String server, List<String> codes) {

    public CodeSheet {
        codes = List.copyOf(codes);
    }

    /// One in a line.
    String lines() {
        return String.join("\n", codes);
    }

    String text() {
        return "Recovery codes of " + account + " for Watchfloor at " + server + ".\n"
                + "Each signs you in once, in place of a code of the authenticator.\n"
                + "They are as good as the authenticator itself: keep them where nobody else finds them.\n\n" + lines()
                + "\n";
    }

    /// A name for a file of it that every system takes.
    String fileName() {
        return "watchfloor-recovery-codes-" + account.replaceAll("[^A-Za-z0-9._-]", "_") + ".txt";
    }

    /// Writes it for its owner alone, where the system knows owners.
    void save(Path file) throws IOException {
        if (!Files.exists(file) && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /// Without the codes, so that they cannot come into a log.
    @Override
    public String toString() {
        return "CodeSheet[" + account + "]";
    }
}
