package io.watchfloor.protocol;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Why a server closed a session. 4000 to 4499: connect again after a pause. 4500 to 4999: do not, until a person has
/// done something about it.
public enum CloseCode {
    STOPPING(4000), TOO_SLOW(4001), UNAVAILABLE(4002), TOKEN_EXPIRED(4003), SILENT(4004),
    /// A fault in the server; the session's state is in doubt.
    INTERNAL(4005),
    /// More at a time than the account or the connection may have.
    TOO_MANY(4006),
    /// The log of a dashboard was replaced, as after a restore from a backup.
    HISTORY_REPLACED(4007),
    /// Messages that cannot be read.
    MALFORMED(4500),
    /// No valid token.
    NOT_SIGNED_IN(4501),
    /// The protocol version or encoding is not spoken here.
    VERSION(4502),
    /// The sign-in was ended.
    SIGNED_OUT(4503),
    /// A message is over the limit.
    TOO_LARGE(4504),
    /// The account is disabled or gone: what a client keeps of it is to be erased.
    DISABLED(4505);

    private static final int UNACCEPTABLE_DATA = 1003;
    private static final int INCONSISTENT_DATA = 1007;
    private static final int MESSAGE_TOO_BIG = 1009;

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// Whether a client may connect again by itself. Of the codes of the WebSocket protocol itself (RFC 6455, 7.4.1)
    /// those say "no" that found fault with what the client sent: it would only send it again.
    public static boolean mayReconnect(int code) {
        return switch (code) {
            case UNACCEPTABLE_DATA, INCONSISTENT_DATA, MESSAGE_TOO_BIG -> false;
            default -> code < 4500;
        };
    }

    public static @Nullable CloseCode of(int code) {
        return Arrays.stream(values()).filter(c -> c.code == code).findFirst().orElse(null);
    }
}
