package io.watchfloor.client.sync.trust;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Decides which servers are believed: those that an authority vouches for, one of the system's or, where a file names
/// others, of that file; and those whose certificate a person has trusted by its fingerprint. Never every server.
///
/// Thread-safe.
public final class ServerTrust {

    private final X509ExtendedTrustManager authorities;
    private final ConcurrentMap<String, String> trusted;

    private ServerTrust(X509ExtendedTrustManager authorities, Map<String, String> trusted) {
        this.authorities = authorities;
        this.trusted = new ConcurrentHashMap<>(trusted);
    }

    /// @param authorityFile certificates in PEM; absent for the system's authorities
    /// @param trusted fingerprints that were trusted earlier, by [#key]
    /// @throws IOException with a sentence where the file cannot be used
    public static ServerTrust of(@Nullable Path authorityFile, Map<String, String> trusted) throws IOException {
        try {
            KeyStore store = authorityFile == null ? null : store(authorityFile);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager authorities) {
                    return new ServerTrust(authorities, trusted);
                }
            }
            throw new IllegalStateException("every Java has a trust manager for X.509");
        } catch (GeneralSecurityException e) {
            throw new IOException(authorityFile + " does not hold certificates in PEM.", e);
        }
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        Collection<? extends Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in);
        } catch (IOException e) {
            throw new IOException("The certificates in " + file + " cannot be read.", e);
        }
        if (found.isEmpty()) {
            throw new IOException(file + " does not hold a certificate.");
        }
        int number = 0;
        for (Certificate certificate : found) {
            store.setCertificateEntry("authority " + number++, certificate);
        }
        return store;
    }

    /// What names a server here: its host and port.
    public static String key(URI server) {
        int port = server.getPort() < 0 ? 443 : server.getPort();
        return String.valueOf(server.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }

    /// From now on the server with this certificate is believed, and with no other that nobody vouches for.
    public void trust(URI server, String fingerprint) {
        trusted.put(key(server), fingerprint);
    }

    /// What connections to one server are made with.
    public SSLContext context(URI server) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{new OneServer(key(server))}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the certificate has no fingerprint", e);
        }
    }

    /// Asks the authorities, and then whether a person has decided.
    private final class OneServer extends X509ExtendedTrustManager {

        private final String key;

        OneServer(String key) {
            this.key = key;
        }

        private void decide(X509Certificate[] chain, CertificateException reason) throws CertificateException {
            String fingerprint = fingerprint(chain[0]);
            String known = trusted.get(key);
            if (!fingerprint.equals(known)) {
                throw new UnknownServerException(new UnknownServer(fingerprint,
                        chain[0].getSubjectX500Principal().getName(), chain[0].getNotAfter().toInstant(),
                        known != null), reason);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            try {
                authorities.checkServerTrusted(chain, type, engine);
            } catch (CertificateException e) {
                decide(chain, e);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            try {
                authorities.checkServerTrusted(chain, type, socket);
            } catch (CertificateException e) {
                decide(chain, e);
            }
        }

        /// Without a connection there is no name to check, so that no authority can vouch for it.
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            decide(chain, new CertificateException("the server's name is not known"));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("a desktop has no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("a desktop has no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("a desktop has no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities.getAcceptedIssuers();
        }
    }
}
