package io.watchfloor.protocol.rest;

import java.util.List;

/// Answers `GET /api/v1/kiosks`: by name. Immutable.
public record KioskList(List<KioskRow> kiosks) {

    public KioskList {
        kiosks = List.copyOf(kiosks);
    }
}
