package io.watchfloor.protocol.rest;

import org.jspecify.annotations.Nullable;

/// Why a request was refused, as `application/problem+json`. Immutable. Source: RFC 9457.
///
/// @param type `urn:watchfloor:problem:` and the code
/// @param title the same for all problems of the code
/// @param status of the answer
/// @param detail a sentence about this very request: what is wrong, and where there is a limit, which
/// @param code stable; one of those of [ProblemCode], or of a later version's
/// @param field the part of the body or path that is wrong, where it is one
public record Problem(String type, String title, int status, String detail, String code, @Nullable String field) {

    public static Problem of(ProblemCode code, String detail, @Nullable String field) {
        return new Problem("urn:watchfloor:problem:" + code.code(), code.title(), code.status(), detail, code.code(),
                field);
    }
}
