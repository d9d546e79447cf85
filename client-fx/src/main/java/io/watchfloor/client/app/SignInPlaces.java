package io.watchfloor.client.app;

import io.watchfloor.protocol.Role;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The places in which the sign-in at one server may lie: the key store, or a file for its owner alone, never both. The
/// file tells in any case whether there is one, so that nothing is asked of the key store in vain. For one thread, which
/// may block.
final class SignInPlaces {

    private static final System.Logger LOG = System.getLogger(SignInPlaces.class.getName());

    /// Stands in the file where a token would: no token has a space.
    private static final String IN_KEY_STORE = "key store";
    private static final int SERVER_ONLY = 1;

    /// How long the key store is waited for.
    ///
    /// @param unlocking where nothing can be done without it: as long as a person takes to unlock it
    /// @param beforeFile where a file does as well
    record Patience(Duration unlocking, Duration beforeFile) {

        static final Patience USUAL = new Patience(Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    private final StateDirectory directory;
    private final URI server;
    private final KeepSignIn where;
    private final BoundedSecretStore secrets;
    private final Patience patience;
    private final String file;

    SignInPlaces(StateDirectory directory, URI server, KeepSignIn where, BoundedSecretStore secrets,
            Patience patience) {
        this.directory = directory;
        this.server = server;
        this.where = where;
        this.secrets = secrets;
        this.patience = patience;
        this.file = "sign-in-" + HexFormat.of().toHexDigits(server.toString().hashCode());
    }

    /// Whether the file tells of a sign-in, wherever that is; blocks for the file alone.
    boolean known() {
        return lines().size() > SERVER_ONLY;
    }

    KeptSignIn.Found find() {
        List<String> lines = lines();
        if (lines.size() == SERVER_ONLY) {
            forget();
        }
        if (!inKeyStore(lines)) {
            return found(lines, "");
        }
        try {
            return found(secrets.find(name(), patience.unlocking()).lines().toList(), "Sign in again.");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be read from the key store.", e);
            return new KeptSignIn.Found(null, e.getMessage() + " Sign in again.");
        }
    }

    /// A token goes to its own server only.
    private KeptSignIn.Found found(List<String> lines, String why) {
        return lines.size() > SERVER_ONLY && lines.getFirst().equals(server.toString())
                ? new KeptSignIn.Found(
                        new KeptSignIn.Kept(lines.get(1), lines.size() < 4 ? null : who(lines.get(2), lines.get(3))),
                        "")
                : new KeptSignIn.Found(null, why);
    }

    private static KeptSignIn.@Nullable Who who(String role, String name) {
        return Stream.of(Role.values()).filter(known -> known.name().equals(role)).findFirst()
                .map(known -> new KeptSignIn.Who(name, known)).orElse(null);
    }

    void keep(String refreshToken, KeptSignIn.Who who) {
        String kept = server + "\n" + refreshToken + "\n" + who.role().name() + "\n" + who.name() + "\n";
        boolean before = inKeyStore(lines());
        try {
            if (where == KeepSignIn.KEYSTORE && inKeyStore(kept)) {
                directory.write(file, server + "\n" + IN_KEY_STORE + "\n");
                return;
            }
            directory.write(file, kept);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING,
                    "The sign-in cannot be kept; the next start will ask for the password.", e);
            return;
        }
        if (before && where == KeepSignIn.FILE) {
            outOfKeyStore();
        }
    }

    private boolean inKeyStore(String kept) {
        try {
            secrets.keep(name(), kept, patience.beforeFile());
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the sign-in is kept in a file", e);
            return false;
        }
    }

    /// Where the key store does not answer, what is left of the file has it asked again at the next start.
    void forget() {
        List<String> lines = lines();
        boolean stored = lines.size() == SERVER_ONLY || inKeyStore(lines);
        try {
            if (stored) {
                directory.write(file, server + "\n");
            }
            if (!stored || outOfKeyStore()) {
                Files.deleteIfExists(directory.file(file));
            }
            if (!stored && where == KeepSignIn.KEYSTORE) {
                // an older one, from before the key store refused
                outOfKeyStore();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be deleted: " + directory.file(file), e);
        }
    }

    private boolean outOfKeyStore() {
        try {
            secrets.forget(name(), patience.beforeFile());
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the key store keeps what it has", e);
            return false;
        }
    }

    private static boolean inKeyStore(List<String> lines) {
        return lines.size() > SERVER_ONLY && lines.get(1).equals(IN_KEY_STORE);
    }

    /// What the file says of this server; nothing where it belongs to another, as two may share its name.
    private List<String> lines() {
        try {
            List<String> lines = Files.readAllLines(directory.file(file), StandardCharsets.UTF_8);
            return !lines.isEmpty() && lines.getFirst().equals(server.toString()) ? lines : List.of();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The kept sign-in cannot be read; asking for the password.", e);
            return List.of();
        }
    }

    /// People see it in the list of their key store.
    private String name() {
        return server + " of " + directory.path().toAbsolutePath().normalize();
    }
}
