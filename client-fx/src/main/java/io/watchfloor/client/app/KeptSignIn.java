package io.watchfloor.client.app;

import io.watchfloor.protocol.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /// What was kept.
    ///
    /// @param who was signed in; absent where an older version has kept it
    record Kept(String refreshToken, @Nullable Who who) {}

    /// Who was signed in, so that one can work without asking the server.
    record Who(String name, Role role) {}

    Optional<Kept> find() {
        try {
            List<String> lines = Files.readAllLines(directory.file(file), StandardCharsets.UTF_8);
            // two servers may share a file name; a token goes to its own server only
            if (lines.size() < 2 || !lines.getFirst().equals(server.toString())) {
                return Optional.empty();
            }
            return Optional.of(new Kept(lines.get(1), lines.size() < 4 ? null : who(lines.get(2), lines.get(3))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be read; asking for the password.", e);
            return Optional.empty();
        }
    }

    private static @Nullable Who who(String role, String name) {
        return Stream.of(Role.values()).filter(known -> known.name().equals(role)).findFirst()
                .map(known -> new Who(name, known)).orElse(null);
    }

    void keep(String refreshToken, String name, Role role) {
        try {
            directory.write(file, server + "\n" + refreshToken + "\n" + role.name() + "\n" + name + "\n");
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
