package io.watchfloor.server.room;

import io.watchfloor.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/// Why a push is refused. Immutable.
///
/// @param field path into the push; null where the whole is meant
/// @param text a sentence for people
record Refusal(ErrorCode code, @Nullable String field, String text) {}
