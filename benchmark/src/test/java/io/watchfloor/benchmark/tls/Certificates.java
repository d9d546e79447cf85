package io.watchfloor.benchmark.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Makes certificates with the JDK's keytool. Stateless.
final class Certificates {

    static final String PASSWORD = "changeit";

    private Certificates() {}

    /// A self-signed one.
    ///
    /// @param names like `SAN=ip:127.0.0.1`
    static Path pkcs12(Path file, String names) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                .toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-validity",
                "30", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD, "-dname",
                "CN=wall", "-ext", names));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return file;
    }

    /// The same as two files in PEM, replaced whole.
    static void pem(Path pkcs12, Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(key, block("PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(certificate, block("CERTIFICATE", store.getCertificate("server").getEncoded()));
    }

    private static String block(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(bytes)
                + "\n-----END " + name + "-----\n";
    }
}
