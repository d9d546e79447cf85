package io.watchfloor.server.audit;

import io.watchfloor.server.store.AuditEvent;
import io.watchfloor.server.store.AuditStore;
import io.watchfloor.server.store.ChainHead;
import io.watchfloor.server.store.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Codes of events: HMAC-SHA256 over the event and the code of the one before, so that none can be changed, left out or put
/// elsewhere without the key. Immutable.
record Chain(SigningKey signing) implements AuditStore.Seal {

    private static final String MAC = "HmacSHA256";

    @Override
    public String key() {
        return signing.id();
    }

    @Override
    public String mac(ChainHead before, AuditEvent event) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(signing.secret(), MAC));
            return HexFormat.of().formatHex(mac.doFinal(canonical(before, event)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /// Each field with its length, so that no two events have the same form.
    private static byte[] canonical(ChainHead before, AuditEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(before.mac());
            out.writeUTF(before.writer());
            out.writeLong(before.number() + 1);
            out.writeLong(event.at());
            write(out, event.actor());
            write(out, event.address());
            out.writeUTF(event.action().name());
            write(out, event.subject());
            out.writeUTF(event.outcome().name());
            out.writeUTF(event.detail());
            out.writeInt(event.times());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, @Nullable String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }
}
