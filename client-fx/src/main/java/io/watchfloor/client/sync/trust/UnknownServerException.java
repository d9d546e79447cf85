package io.watchfloor.client.sync.trust;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// Ends a handshake with a server that is not trusted; a person may decide to trust it.
public final class UnknownServerException extends CertificateException {

    private static final long serialVersionUID = 1;

    private final transient UnknownServer server;

    UnknownServerException(UnknownServer server, Throwable reason) {
        super("nobody vouches for this server", reason);
        this.server = server;
    }

    public UnknownServer server() {
        return server;
    }

    /// The unknown server behind a failure, or null where that was not the reason.
    public static @Nullable UnknownServer in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownServerException unknown) {
                return unknown.server;
            }
        }
        return null;
    }
}
