package io.watchfloor.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says why a file could not be read or written. Stateless.
final class Reason {

    private Reason() {}

    /// The end of a sentence, without the file's name.
    static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "its folder does not exist";
            case FileAlreadyExistsException _ -> "there is something of this name already";
            case FileSystemException fault when fault.getReason() != null -> fault.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
