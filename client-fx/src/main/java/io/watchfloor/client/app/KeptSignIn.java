package io.watchfloor.client.app;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Keeps the refresh token of one server in a file for its owner alone, so that the next start need not ask for the
/// password. FX thread only.
final class KeptSignIn {

    private static final System.Logger LOG = System.getLogger(KeptSignIn.class.getName());

    private final StateDirectory directory;
    private final URI server;
    private final String file;

    KeptSignIn(StateDirectory directory, URI server) {
        this.directory = directory;
        this.server = server;
        this.file = "sign-in-" + HexFormat.of().toHexDigits(server.toString().hashCode());
    }

    Optional<String> token() {
        try {
            List<String> lines = Files.readAllLines(directory.file(file), StandardCharsets.UTF_8);
            // two servers may share a file name; a token goes to its own server only
            return lines.size() == 2 && lines.getFirst().equals(server.toString())
                    ? Optional.of(lines.getLast())
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be read; asking for the password.", e);
            return Optional.empty();
        }
    }

    void keep(String refreshToken) {
        try {
            directory.write(file, server + "\n" + refreshToken + "\n");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING,
                    "The sign-in cannot be kept; the next start will ask for the password.", e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(directory.file(file));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be deleted: " + directory.file(file), e);
        }
    }
}
