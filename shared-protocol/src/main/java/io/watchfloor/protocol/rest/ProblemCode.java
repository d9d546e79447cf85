package io.watchfloor.protocol.rest;

import java.util.Locale;

/// The kinds of problems that the REST interface tells of. The codes are part of the protocol: the names in lower case
/// with hyphens.
public enum ProblemCode {
    MALFORMED(400, "The request cannot be read"), INVALID(400, "A value is not allowed"), INVALID_LINES(400,
            "Some lines cannot be read"), NOT_SIGNED_IN(401, "Not signed in"), WRONG_CREDENTIALS(401,
                    "Name, password or code is wrong"), SECOND_FACTOR_NEEDED(401,
                            "A code of the second factor is needed"), REFRESH_TOKEN_INVALID(401,
                                    "The refresh token is not valid"), ACCOUNT_DISABLED(403,
                                            "The account is disabled"), FORBIDDEN(403,
                                                    "Not allowed"), SECOND_FACTOR_MUST_BE_ADDED(403,
                                                            "A second factor must be added first"), PASSWORD_MUST_CHANGE(
                                                                    403,
                                                                    "The password must be changed first"), NOT_FOUND(
                                                                            404,
                                                                            "There is no such thing"), METHOD_NOT_ALLOWED(
                                                                                    405,
                                                                                    "The method is not allowed here"), REQUEST_TIMEOUT(
                                                                                            408,
                                                                                            "The request came too slowly"), CONFLICT(
                                                                                                    409,
                                                                                                    "It is in the way of something that exists"), TOO_LARGE(
                                                                                                            413,
                                                                                                            "The request is too large"), UNSUPPORTED_MEDIA_TYPE(
                                                                                                                    415,
                                                                                                                    "The kind of content is not understood"), UPGRADE_REQUIRED(
                                                                                                                            426,
                                                                                                                            "The address speaks WebSocket only"), TOO_MANY_REQUESTS(
                                                                                                                                    429,
                                                                                                                                    "Too many requests"), INTERNAL(
                                                                                                                                            500,
                                                                                                                                            "A fault in the server"), UNAVAILABLE(
                                                                                                                                                    503,
                                                                                                                                                    "The server cannot do this now");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// As it stands in [Problem#code()].
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
