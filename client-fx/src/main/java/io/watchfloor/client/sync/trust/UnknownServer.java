package io.watchfloor.client.sync.trust;

import java.time.Instant;

/// A server whose certificate no authority vouches for, and which nobody has trusted yet. Immutable.
///
/// @param fingerprint SHA-256 of the certificate, as `AB:CD:...`
/// @param subject whom the certificate names
/// @param until end of the certificate
/// @param changed whether another certificate of this server was trusted before
public record UnknownServer(String fingerprint, String subject, Instant until, boolean changed) {}
