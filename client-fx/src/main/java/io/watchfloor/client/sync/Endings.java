package io.watchfloor.client.sync;

import io.watchfloor.client.sync.transport.Transport.Ending;
import io.watchfloor.protocol.CloseCode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What to do about a connection that ended, and how to say it. Stateless.
final class Endings {

    /// What to do. Reasons are sentences for people.
    sealed interface Verdict {

        /// Try again after a pause.
        record Retry(String reason) implements Verdict {}

        /// Try again with another access token; where that was tried, a person has to sign in.
        record NewToken(String reason) implements Verdict {}

        /// Wait for a person.
        record Stop(String reason) implements Verdict {}

        /// The sign-in was ended: nothing will do but signing in again.
        record SignedOut(String reason) implements Verdict {}
    }

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERRORS = 500;
    private static final int ABNORMAL = 1006;

    private Endings() {}

    /// @param announced what the server said before it closed the connection; empty where it said nothing
    static Verdict judge(Ending ending, String announced, URI server) {
        return switch (ending) {
            case Ending.Unreachable unreachable -> new Verdict.Retry(unreachable.reason());
            case Ending.Refused(int status) when status == UNAUTHORIZED -> new Verdict.NewToken(
                    "The sign-in has expired. Sign in again.");
            case Ending.Refused(int status) when status == FORBIDDEN -> new Verdict.Stop(
                    "The server does not let this account in. Ask its administrator.");
            case Ending.Refused(int status) when status >= SERVER_ERRORS -> new Verdict.Retry(
                    "The server cannot take connections now (HTTP " + status + ").");
            case Ending.Refused(int status) -> new Verdict.Retry(
                    "What answers at " + server + " does not speak Watchfloor (HTTP " + status + ").");
            case Ending.Closed(int code, String reason) -> closed(code, announced.isBlank() ? reason : announced);
        };
    }

    private static Verdict closed(int code, String said) {
        CloseCode known = CloseCode.of(code);
        if (known == CloseCode.TOKEN_EXPIRED) {
            return new Verdict.NewToken("The sign-in has expired. Sign in again.");
        }
        if (known == CloseCode.NOT_SIGNED_IN) {
            return new Verdict.NewToken(said.isBlank() ? sentence(known, code) : said);
        }
        String reason = said.isBlank() ? sentence(known, code) : said;
        if (known == CloseCode.SIGNED_OUT) {
            return new Verdict.SignedOut(reason);
        }
        return CloseCode.mayReconnect(code) ? new Verdict.Retry(reason) : new Verdict.Stop(reason);
    }

    private static String sentence(@Nullable CloseCode known, int code) {
        return switch (known) {
            case null -> code == ABNORMAL
                    ? "The connection to the server broke."
                    : "The server closed the connection (code " + code + ").";
            case STOPPING -> "The server is stopping.";
            case TOO_SLOW -> "This connection was too slow for the server.";
            case UNAVAILABLE -> "The server cannot do its work now.";
            case TOKEN_EXPIRED -> "The sign-in has expired. Sign in again.";
            case SILENT -> "The server heard nothing from this desktop.";
            case INTERNAL -> "The server had a fault.";
            case TOO_MANY -> "The server has too many connections of this account, or heard too much from this one.";
            case HISTORY_REPLACED -> "The server's database was restored from a backup.";
            case MALFORMED, TOO_LARGE -> "The server refused what this desktop sent (code " + code
                    + "). Restart the desktop; if it happens again, report it.";
            case NOT_SIGNED_IN -> "The server does not accept this sign-in any more. Sign in again.";
            case VERSION -> "The server speaks another version. Update the desktop or the server.";
            case DISABLED -> "This account was disabled by an administrator.";
            case SIGNED_OUT -> "This account was signed out by the server. Sign in again.";
        };
    }
}
