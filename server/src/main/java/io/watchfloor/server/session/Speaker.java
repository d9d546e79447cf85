package io.watchfloor.server.session;

import io.watchfloor.protocol.ClientMessage;
import io.watchfloor.protocol.CloseCode;
import io.watchfloor.protocol.rest.AuditAction;
import io.watchfloor.server.auth.Authenticator;
import io.watchfloor.server.auth.Caller;
import io.watchfloor.server.auth.Standing;
import io.watchfloor.server.limit.Crowd;
import io.watchfloor.server.store.StoreException;
import org.jspecify.annotations.Nullable;

/// Who speaks over a session: nobody until a hello was accepted, then one account for as long as the session lasts, with
/// the role and the token that it has now. Takes one of the account's places for sessions. What checks a token may block.
/// Thread-safe.
final class Speaker {

    /// Milliseconds that a token may be over before the session ends.
    private static final long TOKEN_GRACE = 30_000;
    /// Milliseconds after which one who has too many sessions may try again.
    private static final long CROWDED = 30_000;
    private static final String FACTOR_DUE = "A second factor must be added to this account first.";

    private final Authenticator authenticator;
    private final Place place;
    private final RefusalRecord refusals;
    private final @Nullable String handshakeToken;
    private volatile @Nullable Caller caller;

    /// @param handshakeToken access token from a header of the handshake
    Speaker(SessionContext context, RefusalRecord refusals, @Nullable String handshakeToken) {
        this.authenticator = context.authenticator();
        this.place = new Place(context.allowance().places());
        this.refusals = refusals;
        this.handshakeToken = handshakeToken;
    }

    /// Null until a hello was accepted.
    @Nullable
    Caller caller() {
        return caller;
    }

    /// Name of the account, or null until a hello was accepted.
    @Nullable
    String account() {
        Caller known = caller;
        return known == null ? null : known.account();
    }

    /// What a token is found to be worth.
    private sealed interface Found {

        record Good(Caller caller) implements Found {}

        record Bad(Ending ending) implements Found {}
    }

    /// @return why the session ends, or null where it goes on
    @Nullable
    Ending hello(ClientMessage.Hello hello) {
        if (hello.version() != 1) {
            return new Ending(CloseCode.VERSION,
                    "This server speaks version 1 of the protocol, not " + hello.version() + ".");
        }
        String token = hello.token() == null ? handshakeToken : hello.token();
        if (token == null) {
            return new Ending(CloseCode.NOT_SIGNED_IN, "An access token is missing, in the handshake or in the hello.");
        }
        return switch (find(token)) {
            case Found.Bad(Ending ending) -> ending;
            case Found.Good(Caller found) when !place.take(found.account()) -> {
                refusals.tell(AuditAction.CONNECTION, null, "over the limit " + Crowd.SESSIONS_ACCOUNT.label(),
                        found.account());
                yield new Ending(CloseCode.TOO_MANY, "This account has too many sessions open; close some, or wait.",
                        CROWDED);
            }
            case Found.Good(Caller found) -> {
                caller = found;
                yield null;
            }
        };
    }

    /// Takes a new token of the same account.
    ///
    /// @return why the session ends, or null where it goes on
    @Nullable
    Ending renew(ClientMessage.Renew renew) {
        String account = account();
        return switch (find(renew.token())) {
            case Found.Bad(Ending ending) -> ending;
            case Found.Good(Caller found) when found.account().equals(account) -> {
                synchronized (this) {
                    caller = found;
                }
                yield null;
            }
            case Found.Good(Caller found) -> {
                refusals.tell(AuditAction.CONNECTION, found.account(), "a session cannot change its account", account);
                yield new Ending(CloseCode.NOT_SIGNED_IN, "A session cannot change its account.");
            }
        };
    }

    private Found find(String token) {
        try {
            Caller found = authenticator.authenticate(token);
            if (found == null) {
                if (!authenticator.hasRunOut(token)) {
                    refusals.tell(AuditAction.CONNECTION, null, "the access token is not valid", account());
                }
                return bad(CloseCode.NOT_SIGNED_IN, "Sign in again: the access token is not valid, or no longer.");
            } else if (found.mustChangePassword()) {
                return bad(CloseCode.NOT_SIGNED_IN, "The password must be changed first.");
            } else if (found.mustAddSecondFactor()) {
                return bad(CloseCode.NOT_SIGNED_IN, FACTOR_DUE);
            }
            return new Found.Good(found);
        } catch (StoreException e) {
            return bad(CloseCode.UNAVAILABLE, "Nobody can be let in at present; the server will be back.");
        }
    }

    private static Found bad(CloseCode code, String text) {
        return new Found.Bad(new Ending(code, text));
    }

    /// Sees what has become of the caller, who may have another role now, or no business here any more.
    ///
    /// @return why the session ends, or null where it goes on
    @Nullable
    Ending recheck() {
        Standing standing;
        synchronized (this) {
            Caller known = caller;
            if (known == null) {
                return null;
            }
            standing = authenticator.standing(known);
            if (standing instanceof Standing.Good(Caller present)) {
                caller = present;
            }
        }
        return switch (standing) {
            case Standing.Good _ -> null;
            case Standing.Disabled(String text) -> new Ending(CloseCode.DISABLED, text);
            case Standing.SignedOut(String text) -> new Ending(CloseCode.SIGNED_OUT, text);
            case Standing.FactorDue _ -> new Ending(CloseCode.NOT_SIGNED_IN, FACTOR_DUE);
            case Standing.TokenVoid _ -> new Ending(CloseCode.NOT_SIGNED_IN,
                    "The password was changed; sign in again with the new one.");
            case Standing.Unknown _ -> new Ending(CloseCode.UNAVAILABLE,
                    "The server cannot confirm who may do what; it will be back. Your edits are kept on this machine.");
        };
    }

    /// Whether the token has been over for so long that the session ends.
    boolean isOverdue(long now) {
        Caller known = caller;
        return known != null && now > known.expiresAt() + TOKEN_GRACE;
    }

    /// The session is over; its place is free.
    void gone() {
        place.free();
    }
}
