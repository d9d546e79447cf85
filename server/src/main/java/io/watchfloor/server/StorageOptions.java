package io.watchfloor.server;

import io.watchfloor.server.ServerConfig.DatabaseChoice;
import io.watchfloor.server.auth.KeySeal;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that tell where everything is kept. Confined to its thread.
final class StorageOptions {

    private final Environment environment;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "Keeps the server's own database and the first administrator's password; "
            + "~/.local/share/watchfloor without this option. WATCHFLOOR_DATA_DIR")
    private Path dataDir = Path.of(System.getProperty("user.home"), ".local", "share", "watchfloor");

    @Option(names = "--database-url", paramLabel = "URL", description = "Uses this PostgreSQL (16 or newer) in place of one of its own, like "
            + "jdbc:postgresql://host:5432/watchfloor. User and password come from WATCHFLOOR_DATABASE_USER and "
            + "WATCHFLOOR_DATABASE_PASSWORD only; those of another user who owns the tables, so that the one who "
            + "serves cannot change the audit log, from WATCHFLOOR_DATABASE_OWNER_USER and "
            + "WATCHFLOOR_DATABASE_OWNER_PASSWORD. WATCHFLOOR_DATABASE_URL")
    private @Nullable String databaseUrl;

    @Option(names = "--key-file", paramLabel = "FILE", description = "Seals the installation's keys in the database with the key in this file, 32 bytes in Base64; all "
            + "instances and commands need it from then on. WATCHFLOOR_KEY_FILE")
    private @Nullable Path keyFile;

    StorageOptions(Environment environment) {
        this.environment = environment;
    }

    @Nullable
    Path keyFile() {
        return keyFile;
    }

    /// @param file absent for none
    /// @throws StartException where it holds no key
    static @Nullable KeySeal seal(@Nullable Path file, SecureRandom random) throws StartException {
        try {
            return file == null ? null : KeySeal.read(file, random);
        } catch (IOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    Path dataDir() {
        return dataDir.toAbsolutePath().normalize();
    }

    /// @param allowUnsafe serves even where the database may lose what it has confirmed
    DatabaseChoice database(boolean allowUnsafe) {
        return databaseUrl == null
                ? new DatabaseChoice.Embedded()
                : new DatabaseChoice.External(databaseUrl, environment.get(Environment.DATABASE_USER),
                        environment.get(Environment.DATABASE_PASSWORD), owner(), !allowUnsafe);
    }

    private DatabaseChoice.@Nullable Owner owner() {
        String user = environment.get(Environment.DATABASE_OWNER_USER);
        return user == null
                ? null
                : new DatabaseChoice.Owner(user, environment.get(Environment.DATABASE_OWNER_PASSWORD));
    }
}
