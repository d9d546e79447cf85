package io.watchfloor.protocol.rest;

import io.watchfloor.document.Epoch;

/// What a restore did. Immutable.
///
/// @param epoch of the log that both revisions are of
/// @param before the newest revision before it; to restore that one takes the restore back
/// @param revision the newest revision after it; the same where nothing differed
public record Restored(Epoch epoch, long before, long revision) {}
