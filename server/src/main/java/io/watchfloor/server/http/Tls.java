package io.watchfloor.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's certificate in use. Its files are looked at every few seconds, and a new certificate serves the
/// connections that come from then on; one that cannot be used leaves the old one in force, and is told. Thread-safe.
final class Tls {

    private static final Logger log = LoggerFactory.getLogger(Tls.class);
    private static final long LOOK_SECONDS = 5;

    private final TlsFiles files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private volatile TlsKeys keys;
    private List<FileTime> seen;
    private volatile boolean stopped;

    /// @throws IOException with a sentence where the files cannot be used
    Tls(TlsFiles files) throws IOException {
        this.files = files;
        this.seen = times();
        this.keys = TlsKeys.read(files);
        checkDates(keys);
        use(factory, keys);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setRenegotiationAllowed(false);
        // Names are the client's business: it may reach a server by an address, or trust a fingerprint.
        factory.setSniRequired(false);
    }

    private static void use(SslContextFactory factory, TlsKeys keys) {
        factory.setKeyStore(keys.store());
        factory.setKeyStorePassword(new String(TlsKeys.PASSWORD));
    }

    private void checkDates(TlsKeys fresh) {
        try {
            fresh.certificate().checkValidity();
        } catch (CertificateException e) {
            log.warn("The certificate in {} is in force from {} to {}, and not now.", files.certificate(),
                    fresh.certificate().getNotBefore().toInstant(), fresh.certificate().getNotAfter().toInstant());
        }
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    String fingerprint() {
        return keys.fingerprint();
    }

    void watch(Scheduler scheduler) {
        scheduler.schedule(() -> {
            look();
            if (!stopped) {
                watch(scheduler);
            }
        }, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void stop() {
        stopped = true;
    }

    /// Takes what is in the files now, where they have changed.
    synchronized void look() {
        try {
            List<FileTime> now = times();
            if (now.equals(seen)) {
                return;
            }
            TlsKeys fresh = TlsKeys.read(files);
            seen = now;
            if (!fresh.fingerprint().equals(keys.fingerprint())) {
                factory.reload(changed -> use(changed, fresh));
                keys = fresh;
                checkDates(fresh);
                log.info("The certificate in {} is new; its SHA-256 fingerprint is {}.", files.certificate(),
                        fresh.fingerprint());
            }
        } catch (IOException e) {
            // the two files may be on their way, so that this is tried again
            log.warn("The new certificate is not used yet, the old one stays in force: {}", e.getMessage());
        } catch (Exception e) {
            log.error("The new certificate could not be put in force; the old one stays", e);
        }
    }

    private List<FileTime> times() throws IOException {
        List<FileTime> times = new ArrayList<>();
        Path key = files.key();
        for (Path file : key == null ? List.of(files.certificate()) : List.of(files.certificate(), key)) {
            try {
                times.add(Files.getLastModifiedTime(file));
            } catch (IOException e) {
                throw new IOException(file + " cannot be read.", e);
            }
        }
        return times;
    }
}
