package io.watchfloor.client.app;

import io.watchfloor.client.sync.trust.ServerTrust;
import io.watchfloor.client.theme.Theme;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/// What the desktop remembers between two starts, in the file `settings` of its state directory. A file that cannot be
/// read counts as empty, for nothing in it is worth stopping for. FX thread only.
final class Settings {

    private static final System.Logger LOG = System.getLogger(Settings.class.getName());
    private static final String FILE = "settings";
    private static final String TRUSTED = "trusted.";

    private final StateDirectory directory;
    private final Properties values = new Properties();

    Settings(StateDirectory directory) {
        this.directory = directory;
        Path file = directory.file(FILE);
        try {
            values.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "no settings yet in {0}", file);
        } catch (IOException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "The settings in " + file + " cannot be read; starting without.", e);
        }
    }

    Theme theme() {
        return Optional.ofNullable(values.getProperty("theme")).flatMap(Theme::named).orElse(Theme.DARK);
    }

    void theme(Theme theme) {
        put("theme", theme.key());
    }

    /// Address of the server last signed in to.
    Optional<String> server() {
        return Optional.ofNullable(values.getProperty("server"));
    }

    /// Name last signed in with.
    Optional<String> account() {
        return Optional.ofNullable(values.getProperty("account"));
    }

    void signedIn(String server, String account) {
        put("server", server);
        put("account", account);
    }

    /// Fingerprints of servers that were trusted, by [ServerTrust#key].
    Map<String, String> trusted() {
        return values.stringPropertyNames().stream().filter(name -> name.startsWith(TRUSTED))
                .collect(Collectors.toMap(name -> name.substring(TRUSTED.length()), values::getProperty));
    }

    void trust(URI server, String fingerprint) {
        put(TRUSTED + ServerTrust.key(server), fingerprint);
    }

    /// Whether dashboards open ready for editing, for those who may edit.
    boolean editing() {
        return Boolean.parseBoolean(values.getProperty("editing", "true"));
    }

    void editing(boolean editing) {
        put("editing", Boolean.toString(editing));
    }

    private void put(String key, String value) {
        if (value.equals(values.setProperty(key, value))) {
            return;
        }
        StringWriter text = new StringWriter();
        try {
            values.store(text, null);
            directory.write(FILE, text.toString());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The settings cannot be kept in " + directory.path() + ".", e);
        }
    }
}
