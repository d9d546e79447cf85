package io.watchfloor.server.session;

import io.watchfloor.protocol.CloseCode;

/// Why a session ends, as its client is told. Immutable.
///
/// @param text a sentence for the person
/// @param retryAfter milliseconds to wait before connecting again; 0 where the client decides
record Ending(CloseCode code, String text, long retryAfter) {

    Ending(CloseCode code, String text) {
        this(code, text, 0);
    }
}
