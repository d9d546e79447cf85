package io.watchfloor.server.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A certificate with its key, as read from files. Immutable.
///
/// @param store holds the one entry
/// @param certificate the server's own
record TlsKeys(KeyStore store, X509Certificate certificate) {

    /// Of the store in memory, which never leaves it.
    static final char[] PASSWORD = "in memory".toCharArray();
    private static final String ENTRY = "server";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final Pattern KEY = Pattern
            .compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    /// @throws IOException with a sentence where a file cannot be read or does not hold what it should
    static TlsKeys read(TlsFiles files) throws IOException {
        try {
            Path key = files.key();
            return key == null ? pkcs12(files) : pem(files.certificate(), key);
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate in " + files.certificate() + " cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static TlsKeys pem(Path certificate, Path keyFile) throws IOException, GeneralSecurityException {
        List<? extends Certificate> chain;
        try {
            chain = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(certificate))));
        } catch (GeneralSecurityException e) {
            throw new IOException(certificate + " does not hold certificates in PEM.", e);
        }
        if (chain.isEmpty()) {
            throw new IOException(certificate + " does not hold a certificate.");
        }
        PrivateKey key = key(keyFile, new String(bytes(keyFile), StandardCharsets.ISO_8859_1));
        if (!fits(key, chain.getFirst().getPublicKey())) {
            throw new IOException("The key in " + keyFile + " is not that of the first certificate in " + certificate
                    + ".");
        }
        return of(key, chain.toArray(Certificate[]::new));
    }

    private static PrivateKey key(Path file, String text) throws IOException, GeneralSecurityException {
        Matcher block = KEY.matcher(text);
        if (!block.find()) {
            throw new IOException(file + " does not hold a private key in PEM.");
        }
        if (!block.group(1).equals("PRIVATE KEY")) {
            throw new IOException("The key in " + file + " is a \"" + block.group(1)
                    + "\"; a plain one is needed: openssl pkcs8 -topk8 -nocrypt -in " + file + " -out new.key");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(block.group(2).strip());
        } catch (IllegalArgumentException e) {
            throw new IOException("The private key in " + file + " is damaged.", e);
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // it is of another algorithm
            }
        }
        throw new IOException("The private key in " + file + " is neither RSA nor elliptic.");
    }

    private static boolean fits(PrivateKey key, PublicKey of) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] text = ENTRY.getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(text);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(of);
            checking.update(text);
            return checking.verify(signature);
        } catch (java.security.InvalidKeyException | java.security.SignatureException e) {
            return false;
        }
    }

    private static TlsKeys pkcs12(TlsFiles files) throws IOException, GeneralSecurityException {
        String password = files.password();
        char[] secret = password == null ? new char[0] : password.toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        byte[] bytes = bytes(files.certificate());
        try {
            store.load(new ByteArrayInputStream(bytes), secret);
        } catch (IOException e) {
            throw new IOException(files.certificate()
                    + " is no PKCS #12 file, or WATCHFLOOR_TLS_PASSWORD is not its password. A certificate in PEM needs"
                    + " --tls-key beside it.", e);
        }
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret) instanceof PrivateKey key) {
                return of(key, store.getCertificateChain(alias));
            }
        }
        throw new IOException(files.certificate() + " does not hold a private key.");
    }

    private static TlsKeys of(PrivateKey key, Certificate[] chain) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ENTRY, key, PASSWORD, chain);
        return new TlsKeys(store, (X509Certificate) chain[0]);
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read.", e);
        }
    }

    /// SHA-256 over the certificate, as desktops show it: `AB:CD:...`.
    String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
