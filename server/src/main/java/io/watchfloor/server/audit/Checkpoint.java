package io.watchfloor.server.audit;

import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far all chains went at a moment, signed with Ed25519. Kept outside the database, it shows when events were taken
/// away from the end of a chain. Immutable.
///
/// @param at milliseconds since 1970 UTC
/// @param key id of the key of the signature
public record Checkpoint(long at, String key, List<Head> chains, String signature) {

    private static final String ALGORITHM = "Ed25519";
    /// Bytes of a private key in PKCS #8; the public one follows it.
    private static final int PRIVATE = 48;
    private static final RecordCodec CODEC = RecordCodec.of(Encoding.JSON);

    public Checkpoint {
        chains = List.copyOf(chains);
    }

    /// The end of one chain.
    public record Head(String writer, long number, String mac) {}

    record Unsigned(long at, String key, List<Head> chains) {}

    /// The secret of a new key for checkpoints: its private and its public part.
    public static byte[] newKey() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] secret = pair.getPrivate().getEncoded();
            byte[] open = pair.getPublic().getEncoded();
            byte[] both = Arrays.copyOf(secret, secret.length + open.length);
            System.arraycopy(open, 0, both, secret.length, open.length);
            return both;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    static Checkpoint sign(long at, List<ChainHead> heads, SigningKey key) {
        List<Head> chains = heads.stream().map(head -> new Head(head.writer(), head.number(), head.mac())).toList();
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Arrays.copyOf(key.secret(), PRIVATE))));
            signature.update(CODEC.encode(new Unsigned(at, key.id(), chains)));
            return new Checkpoint(at, key.id(), chains, Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a checkpoint cannot be signed", e);
        }
    }

    boolean isGenuine(SigningKey with) {
        try {
            Signature verified = Signature.getInstance(ALGORITHM);
            verified.initVerify(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(
                    Arrays.copyOfRange(with.secret(), PRIVATE, with.secret().length))));
            verified.update(CODEC.encode(new Unsigned(at, key, chains)));
            return verified.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /// One line of JSON.
    String line() {
        return new String(CODEC.encode(this), StandardCharsets.UTF_8);
    }

    /// Reads a line of a file of checkpoints, or of a log that holds one; null where there is none in it.
    public static @Nullable Checkpoint read(String line) {
        int start = line.indexOf('{');
        int end = line.lastIndexOf('}');
        if (start < 0 || end < start || !line.contains("\"chains\"")) {
            return null;
        }
        try {
            return CODEC.decode(line.substring(start, end + 1).getBytes(StandardCharsets.UTF_8), Checkpoint.class);
        } catch (CodecException e) {
            return null;
        }
    }
}
