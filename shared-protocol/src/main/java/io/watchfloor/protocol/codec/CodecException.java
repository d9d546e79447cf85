package io.watchfloor.protocol.codec;

import io.watchfloor.protocol.ErrorCode;

/// Bytes that are not what they should be. The message is a sentence that names the place, such as
/// `push.operations[2].stamp`. Decoding throws no other one, and encoding only for
/// text that is not well-formed.
public final class CodecException extends RuntimeException {

    private final ErrorCode code;

    public CodecException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /// [ErrorCode#MALFORMED], [ErrorCode#UNKNOWN_MESSAGE] or [ErrorCode#LIMIT].
    public ErrorCode code() {
        return code;
    }
}
