package io.watchfloor.server.store;

/// A secret key of this installation, which all its instances share. Immutable; the secret must not be changed.
///
/// @param id names it in what it has signed
/// @param createdAt milliseconds since 1970 UTC
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SigningKey(String id, Purpose purpose, byte[] secret, long createdAt) {

    /// What a key signs or seals.
    public enum Purpose {
        ACCESS, REFRESH,
        /// Secrets that are kept.
        SEAL,
        /// Events of the audit log.
        AUDIT,
        /// Checkpoints of the audit log; a pair of Ed25519.
        CHECKPOINT
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + ", " + purpose + "]";
    }
}
