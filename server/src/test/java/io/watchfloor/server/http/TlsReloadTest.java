package io.watchfloor.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A certificate that is replaced while the server runs, in every state that its files may be found in. What serves is
/// asked over TLS itself.
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each test
class TlsReloadTest {

    private static final char[] PASSWORD = "in a test".toCharArray();

    /// A certificate and its key, as PEM.
    private record Pair(String certificate, String key) {}

    @TempDir
    static Path made;
    private static Pair old;
    private static Pair fresh;

    @TempDir
    Path folder;
    private Path certificate;
    private Path key;
    private Tls tls;
    private long changes;

    @BeforeAll
    static void make() throws Exception {
        old = pair("old");
        fresh = pair("fresh");
    }

    @BeforeEach
    void start() throws Exception {
        certificate = folder.resolve("wall.crt");
        key = folder.resolve("wall.key");
        write(certificate, old.certificate);
        write(key, old.key);
        tls = new Tls(new TlsFiles(certificate, key, null));
        tls.factory().start();
    }

    @AfterEach
    void stop() throws Exception {
        tls.factory().stop();
    }

    /// As somebody who looks at the files between any two steps of whoever replaces them.
    @Test
    void certificate_LIM23_thatIsHalfWrittenOrBroken_leavesTheOldOneInForce_untilItIsWhole() throws Exception {
        assertThat(served()).isEqualTo("CN=old");
        for (String broken : List.of("", "nothing", fresh.certificate.substring(0, fresh.certificate.length() / 2),
                fresh.certificate.replace('A', 'B'), fresh.key)) {
            write(certificate, broken);
            tls.look();
            assertThat(served()).as(broken).isEqualTo("CN=old");
        }
        write(certificate, fresh.certificate);
        tls.look();
        assertThat(served()).as("the new certificate beside the old key").isEqualTo("CN=old");
        for (String broken : List.of("", fresh.key.substring(0, fresh.key.length() / 2), fresh.certificate)) {
            write(key, broken);
            tls.look();
            assertThat(served()).as(broken).isEqualTo("CN=old");
        }
        Files.delete(key);
        tls.look();
        assertThat(served()).as("the key is gone").isEqualTo("CN=old");
        write(key, fresh.key);
        tls.look();
        assertThat(served()).as("both are there").isEqualTo("CN=fresh");
        assertThat(tls.fingerprint()).isEqualTo(TlsKeys.read(new TlsFiles(certificate, key, null)).fingerprint());
    }

    @Test
    void files_LIM23_thatAreGone_leaveTheOldOneInForce() throws Exception {
        Files.delete(certificate);
        Files.delete(key);
        tls.look();
        assertThat(served()).isEqualTo("CN=old");
        assertThatThrownBy(() -> new Tls(new TlsFiles(certificate, key, null))).isInstanceOf(IOException.class);
    }

    /// Each write is later than the one before, however coarse the clock of the file system is.
    private void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1_000 * ++changes));
    }

    /// The name in the certificate that a connection gets now.
    private String served() throws Exception {
        SSLContext everybody = SSLContext.getInstance("TLS");
        everybody.init(null, new TrustManager[]{new Everybody()}, null);
        try (SSLServerSocket listening = tls.factory().newSslServerSocket("127.0.0.1", 0, 1);
                SSLSocket client = (SSLSocket) everybody.getSocketFactory().createSocket("127.0.0.1",
                        listening.getLocalPort());
                SSLSocket accepted = (SSLSocket) listening.accept()) {
            Thread server = Thread.startVirtualThread(() -> {
                try {
                    accepted.startHandshake();
                } catch (IOException e) {
                    // the client tells
                }
            });
            client.setSoTimeout(60_000);
            client.startHandshake();
            server.join();
            return ((X509Certificate) client.getSession().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    private static Pair pair(String name) throws Exception {
        Path file = made.resolve(name + ".p12");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD), "-dname",
                "CN=" + name, "-ext", "SAN=ip:127.0.0.1").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Pair(block("CERTIFICATE", store.getCertificate("server").getEncoded()),
                block("PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()));
    }

    private static String block(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
                + "\n-----END " + name + "-----\n";
    }

    /// Whom one talks to is what the test wants to know.
    private static final class Everybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
