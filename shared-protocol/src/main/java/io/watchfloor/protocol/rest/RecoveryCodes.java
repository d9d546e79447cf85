package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers what makes recovery codes. Each takes the place of an authenticator's code, once. Immutable.
///
/// @param codes are told only here
public record RecoveryCodes(List<String> codes) {

    public RecoveryCodes {
        codes = List.copyOf(codes);
    }

    @Override
    public String toString() {
        return "RecoveryCodes[]";
    }
}
