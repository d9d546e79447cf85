package io.watchfloor.server.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where certificate and key are. Immutable.
///
/// @param certificate chain in PEM, the server's own first; or a PKCS #12 file that holds the key as well
/// @param key PKCS #8 in PEM, not encrypted; absent for PKCS #12
/// @param password of the PKCS #12 file; absent where it has none
public record TlsFiles(Path certificate, @Nullable Path key, @Nullable String password) {

    /// Without the password, so that it cannot come into a log.
    @Override
    public String toString() {
        return "TlsFiles[" + certificate + "]";
    }
}
