package io.watchfloor.server.auth;

/// What somebody has shown to get tokens. Immutable.
public enum Proof {

    PASSWORD("password"), AUTHENTICATOR("password and code of an authenticator"), RECOVERY_CODE(
            "password and recovery code"), ONE_TIME_CODE("one-time code"), REFRESH_TOKEN("refresh token");

    private final String words;

    Proof(String words) {
        this.words = words;
    }

    /// For the audit log.
    public String words() {
        return words;
    }
}
