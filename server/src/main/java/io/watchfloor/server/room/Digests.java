package io.watchfloor.server.room;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.codec.Encoding;
import io.watchfloor.protocol.codec.RecordCodec;
import io.watchfloor.server.store.Digest;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Digests of pushes as they were received, whatever encoding they came in. Stateless.
final class Digests {

    private Digests() {}

    /// The room's number is left out: it differs between instances.
    static Digest of(ClientMessage.Push push) {
        byte[] body = RecordCodec.of(Encoding.CBOR)
                .encode(new ClientMessage.Push(0, push.clientSeq(), push.operations()));
        try {
            ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(body));
            return new Digest(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
