package io.watchfloor.client.app;

import io.watchfloor.protocol.rest.Device;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.Base64;

/// What this desktop tells servers of itself when somebody signs in: a key that it has made up once and keeps, and the
/// machine's name, by which people know it again in the list of their sign-ins. FX thread only.
final class ThisDevice {

    private static final System.Logger LOG = System.getLogger(ThisDevice.class.getName());
    private static final String FILE = "device";
    private static final int KEY_BYTES = 24;

    private ThisDevice() {}

    static Device of(StateDirectory directory) {
        return new Device(key(directory), name());
    }

    private static String key(StateDirectory directory) {
        try {
            String kept = Files.readString(directory.file(FILE), StandardCharsets.UTF_8).strip();
            if (kept.length() >= KEY_BYTES) {
                return kept;
            }
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "no device key yet in {0}", directory.path());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The device's key cannot be read; making another.", e);
        }
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
        try {
            directory.write(FILE, key + "\n");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The device's key cannot be kept; the next start makes another.", e);
        }
        return key;
    }

    private static String name() {
        String told = System.getenv("COMPUTERNAME");
        if (told == null || told.isBlank()) {
            told = System.getenv("HOSTNAME");
        }
        String name = told == null || told.isBlank() ? asked() : told;
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String asked() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
