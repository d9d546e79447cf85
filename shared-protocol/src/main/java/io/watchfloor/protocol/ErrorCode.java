package io.watchfloor.protocol;

/// Why a message was refused. The names are part of the protocol.
public enum ErrorCode {
    /// The message could not be read.
    MALFORMED,
    /// The type of the message is not known here.
    UNKNOWN_MESSAGE,
    /// It came at the wrong time, for instance before [ClientMessage.Hello].
    UNEXPECTED,
    /// The account may not do this.
    FORBIDDEN,
    /// There is no such dashboard or room, or the account may not know of it.
    NOT_FOUND,
    /// An operation names an element that was never created.
    UNKNOWN_ELEMENT,
    /// A value, property name or list of operations is ill-formed or of the wrong type.
    INVALID,
    /// A stamp is ill-formed or carries another replica's number.
    INVALID_STAMP,
    /// A text edit was made on a revision that is too old to be merged; it is to be made anew on a newer one.
    TEXT_BASE_GONE,
    /// A `clientSeq` was left out.
    SEQUENCE_GAP,
    /// A `clientSeq` came again with another body.
    SEQUENCE_REUSED,
    /// The replica belongs to another account.
    FOREIGN_REPLICA,
    /// A limit of size or number is reached; the text names it.
    LIMIT,
    /// The query cannot be read or its source is not known.
    INVALID_QUERY,
    /// The server cannot do this now; try again later.
    UNAVAILABLE
}
