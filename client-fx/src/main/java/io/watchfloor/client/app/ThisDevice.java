package io.watchfloor.client.app;

import io.watchfloor.protocol.rest.Device;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// What this desktop tells servers of itself when somebody signs in: a key, and the machine's name, by which people know
/// it again in the list of their sign-ins. The key is made of a secret that stays here; each server gets another, so that
/// none can pose as this desktop at the next. Immutable.
final class ThisDevice {

    private static final System.Logger LOG = System.getLogger(ThisDevice.class.getName());
    private static final String FILE = "device";
    private static final int KEY_BYTES = 24;

    private final String secret;
    private final String name;

    private ThisDevice(String secret, String name) {
        this.secret = secret;
        this.name = name;
    }

    /// Makes the secret where there is none yet.
    static ThisDevice of(StateDirectory directory) {
        return new ThisDevice(secret(directory), name());
    }

    /// As it is told to one server.
    Device at(URI server) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest((secret + "\n" + server).getBytes(StandardCharsets.UTF_8));
            return new Device(Base64.getUrlEncoder().withoutPadding().encodeToString(key), name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String secret(StateDirectory directory) {
        try {
            String kept = Files.readString(directory.file(FILE), StandardCharsets.UTF_8).strip();
            if (kept.length() >= KEY_BYTES) {
                return kept;
            }
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "no device key yet in {0}", directory.path());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The device's secret cannot be read; making another.", e);
        }
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        String key = Base64.getUrlEncoder().withoutPadding().encodeToString(fresh);
        try {
            directory.write(FILE, key + "\n");
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The device's secret cannot be kept; the next start makes another.",
                    e);
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
