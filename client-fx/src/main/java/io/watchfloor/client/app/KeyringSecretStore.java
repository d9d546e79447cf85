package io.watchfloor.client.app;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.KeyringStorageType;
import com.github.javakeyring.PasswordAccessException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The key store of the operating system: the Credential Manager of Windows, the Keychain of macOS, the Secret Service
/// (GNOME Keyring, KeePassXC ...) or KWallet on the session's D-Bus. It is looked for at the first call, so that who
/// needs none waits for none. For one thread at a time.
final class KeyringSecretStore implements SecretStore {

    private static final String SERVICE = "Watchfloor";

    static {
        // the library's own log goes nowhere, and need not say so; what fails is told by exceptions
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    private @Nullable Keyring keyring;

    @Override
    public String find(String name) throws IOException {
        return called(open -> open.getPassword(SERVICE, name));
    }

    @Override
    public void keep(String name, String secret) throws IOException {
        String kept = called(open -> {
            open.setPassword(SERVICE, name, secret);
            // a store that stays locked is told by what can be read, and by nothing else
            return open.getPassword(SERVICE, name);
        });
        if (!kept.equals(secret)) {
            throw new IOException("The key store of this computer did not take what it was given.");
        }
    }

    @Override
    public void forget(String name) throws IOException {
        boolean still = called(open -> {
            try {
                open.deletePassword(SERVICE, name);
            } catch (PasswordAccessException e) {
                // there may be none, which the next line finds out
            }
            try {
                return !open.getPassword(SERVICE, name).isEmpty();
            } catch (PasswordAccessException e) {
                return false;
            }
        });
        if (still) {
            throw new IOException("The key store of this computer did not give up what it keeps.");
        }
    }

    private interface Call<T> {
        T on(Keyring open) throws PasswordAccessException;
    }

    private <T> T called(Call<T> call) throws IOException {
        Keyring open = keyring == null ? open() : keyring;
        keyring = open;
        try {
            return call.on(open);
        } catch (PasswordAccessException e) {
            throw given(open, "The key store of this computer gives nothing (" + e.getMessage() + ").", e);
        } catch (RuntimeException | LinkageError e) {
            // the library trips over answers that did not come
            throw given(open, "The key store of this computer stays locked, or does not answer.", e);
        }
    }

    /// The next call begins anew: what is behind it may have been started again.
    private IOException given(Keyring open, String sentence, Throwable why) {
        keyring = null;
        close(open);
        return new IOException(sentence, why);
    }

    private static void close(Keyring open) {
        try {
            open.close();
        } catch (Exception e) {
            System.getLogger(KeyringSecretStore.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }

    private static Keyring open() throws IOException {
        List<KeyringStorageType> kinds = kinds();
        IOException none = new IOException(kinds.isEmpty()
                ? "There is no key store on this computer."
                : "No key store of this computer answers.");
        for (KeyringStorageType kind : kinds) {
            try {
                return Keyring.create(kind);
            } catch (BackendNotSupportedException | RuntimeException | LinkageError e) {
                none.addSuppressed(e);
            }
        }
        throw none;
    }

    private static List<KeyringStorageType> kinds() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return List.of(KeyringStorageType.WINDOWS_CREDENTIAL_STORE);
        }
        if (system.startsWith("mac")) {
            return List.of(KeyringStorageType.OSX_KEYCHAIN);
        }
        // without a session there is no key store, which costs nothing to find out
        return System.getenv("DBUS_SESSION_BUS_ADDRESS") == null
                ? List.of()
                : List.of(KeyringStorageType.GNOME_KEYRING, KeyringStorageType.KWALLET);
    }
}
