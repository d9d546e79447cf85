package io.watchfloor.server.room;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.codec.CodecException;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Digests of pushes as they were received, whatever encoding they came in. Stateless.
final class Digests {

    private Digests() {}

    /// The room's number is left out: it differs between instances.
    static Digest of(ClientMessage.Push push) {
        byte[] body = body(new ClientMessage.Push(0, push.clientSeq(), push.operations()));
        try {
            ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body));
            return new Digest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] body(ClientMessage.Push push) {
        try {
            return RecordCodec.of(Encoding.CBOR).encode(push);
        } catch (CodecException e) { // half of a surrogate pair; it will be refused, and known again
            return push.toString().getBytes(StandardCharsets.UTF_16BE);
        }
    }
}
