package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/service-tokens`: by name, those that are revoked left out. Immutable.
public record ServiceTokenList(List<ServiceTokenRow> tokens) {

    public ServiceTokenList {
        tokens = List.copyOf(tokens);
    }
}
